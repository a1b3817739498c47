using System.Text;
using System.Xml;
using DocumentFormat.OpenXml.Packaging;

namespace Evenkeel.Knowledge.Reading.Office.Sheets;

/// <summary>The texts of a workbook, which its cells refer to by number.</summary>
internal static class SharedTexts
{
    public static List<string> Read(SharedStringTablePart? part, ReadingLimits limits)
    {
        var texts = new List<string>();
        if (part is null)
        {
            return texts;
        }

        var characters = 0L;
        using var reader = XmlReader.Create(part.GetStream(FileMode.Open, FileAccess.Read), PackageXml.Settings);
        while (reader.Read())
        {
            if (reader is { NodeType: XmlNodeType.Element, LocalName: "si" })
            {
                texts.Add(Text(reader));
                characters += texts[^1].Length;
                limits.Check(characters);
            }
        }

        return texts;
    }

    /// <summary>The text within the present element: of all its runs, without how it is to be spoken.</summary>
    public static string Text(XmlReader reader)
    {
        var text = new StringBuilder();
        if (reader.IsEmptyElement)
        {
            return "";
        }

        var depth = reader.Depth;
        var isSkipped = false;
        while (reader.Read() && reader.Depth > depth)
        {
            if (reader.LocalName == "rPh")
            {
                isSkipped = reader.NodeType == XmlNodeType.Element && !reader.IsEmptyElement;
            }
            else if (!isSkipped && reader.NodeType is XmlNodeType.Text or XmlNodeType.SignificantWhitespace or XmlNodeType.CDATA)
            {
                text.Append(reader.Value);
            }
        }

        return text.ToString().Trim();
    }
}
