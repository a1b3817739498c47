using System.Text;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Drawing;
using Evenkeel.Knowledge.Splitting;

namespace Evenkeel.Knowledge.Reading.Office.Slides;

/// <summary>Text of a shape: bullets by their level, other paragraphs as they are.</summary>
internal static class SlideText
{
    private const int MostLevel = 8;

    public static IEnumerable<TextUnit> Units(OpenXmlElement body, bool areBullets)
    {
        var items = new List<string>();
        foreach (var paragraph in body.Elements<Paragraph>())
        {
            var text = Plain(paragraph);
            if (text.Length == 0)
            {
                continue;
            }

            var level = Math.Clamp(paragraph.ParagraphProperties?.Level?.Value ?? 0, 0, MostLevel);
            if (Mark(paragraph, areBullets) is { } mark)
            {
                items.Add($"{new string(' ', 2 * level)}{mark} {text.Replace('\n', ' ')}");
                continue;
            }

            if (items.Count > 0)
            {
                yield return TextUnit.List([.. items]);
                items.Clear();
            }

            yield return TextUnit.Paragraph(text);
        }

        if (items.Count > 0)
        {
            yield return TextUnit.List(items);
        }
    }

    /// <summary>All paragraphs, a line each.</summary>
    public static string Plain(OpenXmlElement? body) =>
        string.Join('\n', (body?.Elements<Paragraph>() ?? []).Select(Plain).Where(text => text.Length > 0));

    /// <summary>One paragraph.</summary>
    public static string Plain(Paragraph paragraph)
    {
        var text = new StringBuilder();
        foreach (var part in paragraph.Descendants())
        {
            _ = part switch
            {
                Text or DocumentFormat.OpenXml.Math.Text => text.Append(part.InnerText),
                Break => text.Append('\n'),
                _ => text,
            };
        }

        return text.ToString().Trim();
    }

    private static string? Mark(Paragraph paragraph, bool areBullets)
    {
        var properties = paragraph.ParagraphProperties;
        if (properties?.GetFirstChild<NoBullet>() is not null)
        {
            return null;
        }

        return areBullets || properties?.GetFirstChild<CharacterBullet>() is not null || properties?.GetFirstChild<AutoNumberedBullet>() is not null ? "-" : null;
    }
}
