using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;
using Evenkeel.Knowledge.Reading.Tables;
using Evenkeel.Knowledge.Splitting;
using Outline = Evenkeel.Knowledge.Splitting.Outline;

namespace Evenkeel.Knowledge.Reading.Office.Word;

/// <summary>DOCX: headings by style and outline level, lists as numbered, tables, footnotes, text boxes.</summary>
internal sealed class WordFile(WordprocessingDocument document, ReadingLimits limits, CancellationToken cancellationToken)
{
    private readonly MainDocumentPart _part = document.MainDocumentPart ?? throw new ReadFailedException(KnowledgeReasons.Corrupt);
    private readonly Outline _outline = new();
    private readonly List<string> _items = [];
    private WordStyles _styles = null!;
    private WordNumbering _numbering = null!;
    private int _notes;

    public DocumentStructure Read()
    {
        _styles = new WordStyles(_part);
        _numbering = new WordNumbering(_part);
        if (_part.Document?.Body is not { } body)
        {
            throw new ReadFailedException(KnowledgeReasons.Corrupt);
        }

        var hasTitle = body.Elements<Paragraph>().Any(paragraph => _styles.HeadingLevel(paragraph) == WordStyles.TitleLevel);
        if (!hasTitle && document.PackageProperties.Title is { } title && !string.IsNullOrWhiteSpace(title))
        {
            _outline.Title = title.Trim();
        }

        AddBlocks(body);
        EndList();
        return _outline.Finish();
    }

    private void AddBlocks(OpenXmlElement parent)
    {
        foreach (var block in parent.ChildElements)
        {
            cancellationToken.ThrowIfCancellationRequested();
            switch (block)
            {
                case Paragraph paragraph:
                    AddParagraph(paragraph);
                    break;
                case Table table:
                    AddTable(table);
                    break;
                case AlternateContent alternatives:
                    AddBlocks((OpenXmlElement?)alternatives.GetFirstChild<AlternateContentChoice>() ?? alternatives);
                    break;
                case SdtBlock or SdtContentBlock or CustomXmlBlock or InsertedRun or TableCell:
                    AddBlocks(block);
                    break;
                default:
                    break;
            }

            limits.Check(_outline.Characters);
        }
    }

    private void AddParagraph(Paragraph paragraph)
    {
        var read = WordText.Of(paragraph, _notes + 1);
        _notes += read.Notes.Count;
        var text = read.ToString();
        if (text.Length > 0)
        {
            Place(paragraph, text);
        }

        foreach (var (reference, mark) in read.Notes)
        {
            EndList();
            _outline.Add(TextUnit.Paragraph(Note(reference) is { Length: > 0 } note ? $"{mark}: {note}" : ""));
        }

        foreach (var box in read.Boxes)
        {
            EndList();
            AddBlocks(box);
        }
    }

    private void Place(Paragraph paragraph, string text)
    {
        var level = _styles.HeadingLevel(paragraph);
        var list = _styles.List(paragraph);
        if (level is not null)
        {
            EndList();
            var mark = list is { } numbered ? _numbering.Mark(numbered.Id, numbered.Level) : "-";
            AddHeading(level.Value, mark == "-" ? text : $"{mark} {text}");
        }
        else if (list is { } item)
        {
            var indent = new string(' ', 2 * Math.Clamp(item.Level, 0, 8));
            _items.Add($"{indent}{_numbering.Mark(item.Id, item.Level)} {text.Replace("\n", $"\n{indent}  ", StringComparison.Ordinal)}");
        }
        else
        {
            EndList();
            _outline.Add(TextUnit.Paragraph(text));
        }
    }

    private void AddHeading(int level, string text)
    {
        if (level == WordStyles.TitleLevel && _outline.Title is null)
        {
            _outline.Title = MarkdownTable.Flat(text);
            return;
        }

        _outline.Open(Math.Max(1, level), MarkdownTable.Flat(text));
    }

    private void EndList()
    {
        if (_items.Count > 0)
        {
            _outline.Add(TextUnit.List([.. _items]));
            _items.Clear();
        }
    }

    private void AddTable(Table table)
    {
        EndList();
        var rows = table.Elements<TableRow>().Select(row => row.Elements<TableCell>().ToList()).Where(row => row.Count > 0).ToList();
        // A table of one column is a frame around text.
        if (rows.TrueForAll(row => row.Count == 1))
        {
            rows.ForEach(row => AddBlocks(row[0]));
            return;
        }

        _outline.Add(MarkdownTable.Of([.. rows.Select(row => row.SelectMany(Cells).ToList())]));
    }

    /// <summary>A cell over several columns is one with empty ones behind it.</summary>
    private static IEnumerable<string> Cells(TableCell cell)
    {
        const int mostSpan = 63;
        yield return string.Join(' ', cell.Descendants<Paragraph>().Select(paragraph => WordText.Of(paragraph).ToString()).Where(text => text.Length > 0));
        for (var column = 1; column < Math.Min(cell.TableCellProperties?.GridSpan?.Val?.Value ?? 1, mostSpan); column++)
        {
            yield return "";
        }
    }

    private string Note(OpenXmlElement reference)
    {
        OpenXmlElement? note = reference switch
        {
            FootnoteReference footnote => _part.FootnotesPart?.Footnotes?.Elements<Footnote>().FirstOrDefault(one => one.Id?.Value == footnote.Id?.Value),
            EndnoteReference endnote => _part.EndnotesPart?.Endnotes?.Elements<Endnote>().FirstOrDefault(one => one.Id?.Value == endnote.Id?.Value),
            _ => null,
        };
        return note is null ? "" : MarkdownTable.Flat(string.Join(' ', note.Descendants<Paragraph>().Select(paragraph => WordText.Of(paragraph).ToString())));
    }
}
