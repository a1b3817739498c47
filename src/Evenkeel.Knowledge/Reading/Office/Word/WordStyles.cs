using System.Globalization;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;

namespace Evenkeel.Knowledge.Reading.Office.Word;

/// <summary>What the styles of a document say about its paragraphs.</summary>
internal sealed class WordStyles
{
    /// <summary>The level of a document's title, above every heading.</summary>
    public const int TitleLevel = 0;
    private const int MostAncestors = 16;

    private readonly Dictionary<string, Style> _styles = new(StringComparer.OrdinalIgnoreCase);

    public WordStyles(MainDocumentPart part)
    {
        foreach (var style in part.StyleDefinitionsPart?.Styles?.Elements<Style>() ?? [])
        {
            if (style.StyleId?.Value is { } id)
            {
                _styles.TryAdd(id, style);
            }
        }
    }

    /// <summary>The level of a heading from 1, <see cref="TitleLevel"/> for the title; null for text.</summary>
    public int? HeadingLevel(Paragraph paragraph)
    {
        // Levels are counted from 0; 9 is body text.
        const int bodyText = 9;
        var own = paragraph.ParagraphProperties?.OutlineLevel?.Val?.Value;
        foreach (var style in Ancestors(paragraph))
        {
            if (style.StyleName?.Val?.Value is { } name)
            {
                if (name.Equals("Title", StringComparison.OrdinalIgnoreCase))
                {
                    return TitleLevel;
                }

                if (own is null && name.StartsWith("heading ", StringComparison.OrdinalIgnoreCase)
                    && int.TryParse(name.AsSpan(8), NumberStyles.None, CultureInfo.InvariantCulture, out var level))
                {
                    return level;
                }
            }

            own ??= style.StyleParagraphProperties?.OutlineLevel?.Val?.Value;
        }

        return own is >= 0 and < bodyText ? own + 1 : null;
    }

    /// <summary>The list that a paragraph belongs to by itself or by its style; null when it is in none.</summary>
    public (int Id, int Level)? List(Paragraph paragraph)
    {
        var own = paragraph.ParagraphProperties?.NumberingProperties;
        var id = own?.NumberingId?.Val?.Value;
        var level = own?.NumberingLevelReference?.Val?.Value;
        foreach (var style in Ancestors(paragraph))
        {
            id ??= style.StyleParagraphProperties?.NumberingProperties?.NumberingId?.Val?.Value;
            level ??= style.StyleParagraphProperties?.NumberingProperties?.NumberingLevelReference?.Val?.Value;
        }

        // 0 takes a paragraph out of the list of its style.
        return id is > 0 ? (id.Value, level ?? 0) : null;
    }

    private IEnumerable<Style> Ancestors(Paragraph paragraph)
    {
        var id = paragraph.ParagraphProperties?.ParagraphStyleId?.Val?.Value;
        for (var depth = 0; id is not null && depth < MostAncestors && _styles.TryGetValue(id, out var style); depth++)
        {
            yield return style;
            id = style.BasedOn?.Val?.Value;
        }
    }
}
