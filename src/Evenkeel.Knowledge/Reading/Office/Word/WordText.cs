using System.Text;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Wordprocessing;

namespace Evenkeel.Knowledge.Reading.Office.Word;

/// <summary>The text of a paragraph as it is printed: without what was deleted or hidden, with marks for its notes.</summary>
internal sealed class WordText
{
    private readonly StringBuilder _text = new();

    /// <summary>Boxes anchored in it, whose paragraphs stand for themselves.</summary>
    public List<TextBoxContent> Boxes { get; } = [];

    /// <summary>Footnotes and endnotes it refers to, with the mark that stands in the text.</summary>
    public List<(OpenXmlElement Reference, string Mark)> Notes { get; } = [];

    /// <summary>Reads a paragraph.</summary>
    /// <param name="paragraph">The paragraph.</param>
    /// <param name="firstNote">The number of its first note.</param>
    public static WordText Of(OpenXmlElement paragraph, int firstNote = 1)
    {
        var text = new WordText();
        text.AddChildren(paragraph, firstNote);
        return text;
    }

    public override string ToString() => _text.ToString().Trim();

    private void AddChildren(OpenXmlElement parent, int firstNote)
    {
        foreach (var child in parent.ChildElements)
        {
            Add(child, firstNote);
        }
    }

    private void Add(OpenXmlElement element, int firstNote)
    {
        switch (element)
        {
            case Text or DocumentFormat.OpenXml.Math.Text:
                _text.Append(element.InnerText);
                break;
            case TabChar:
                _text.Append(' ');
                break;
            case Break or CarriageReturn:
                _text.Append('\n');
                break;
            case NoBreakHyphen:
                _text.Append('-');
                break;
            case FootnoteReference or EndnoteReference:
                var mark = $"[^{firstNote + Notes.Count}]";
                Notes.Add((element, mark));
                _text.Append(mark);
                break;
            case TextBoxContent box:
                Boxes.Add(box);
                break;
            // Within drawings the library does not always know it.
            case OpenXmlUnknownElement { LocalName: "txbxContent" } box:
                Boxes.Add(new TextBoxContent(box.OuterXml));
                break;
            // The same content once more, for programs that do not understand the first.
            case AlternateContent alternatives:
                AddChildren((OpenXmlElement?)alternatives.GetFirstChild<AlternateContentChoice>() ?? alternatives, firstNote);
                break;
            case DeletedRun or MoveFromRun or FieldCode or DeletedText or ParagraphProperties or RunProperties or Run { RunProperties.Vanish: not null }:
                break;
            default:
                AddChildren(element, firstNote);
                break;
        }
    }
}
