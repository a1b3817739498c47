using System.Text;
using AngleSharp.Dom;
using Evenkeel.Contracts.Knowledge;
using Evenkeel.Knowledge.Reading.Tables;
using Evenkeel.Knowledge.Splitting;

namespace Evenkeel.Knowledge.Reading.Html;

/// <summary>Walks through a page in its order and makes blocks of it.</summary>
internal sealed class HtmlBlocks(Outline outline, string? url, ReadingLimits limits)
{
    /// <summary>Deeper than anybody writes; text below is taken without its structure.</summary>
    private const int MostDepth = 400;

    private readonly StringBuilder _text = new();
    private string? _anchor;
    private string? _textAnchor;
    private bool _isInMain;

    public void Read(IElement root)
    {
        _isInMain = root.LocalName != "body";
        Note(root);
        Children(root, 0);
        EndParagraph();
    }

    private void Children(INode parent, int depth)
    {
        foreach (var node in parent.ChildNodes)
        {
            if (node is IText text)
            {
                Append(text.Data);
            }
            else if (node is IElement element && !MainContent.IsAround(element, _isInMain))
            {
                Element(element, depth + 1);
            }
        }
    }

    private void Element(IElement element, int depth)
    {
        Note(element);
        if (depth > MostDepth)
        {
            Append(element.TextContent);
            return;
        }

        switch (element.LocalName)
        {
            case "h1" or "h2" or "h3" or "h4" or "h5" or "h6":
                EndParagraph();
                NoteWithin(element);
                outline.Open(element.LocalName[1] - '0', HtmlInline.Heading(element), Place());
                break;
            case "ul" or "ol":
                Add(TextUnit.List([.. HtmlLists.Items(element, 0, url)]));
                break;
            case "dl":
                Add(TextUnit.List([.. HtmlLists.Definitions(element, url)]));
                break;
            case "table":
                Table(element, depth);
                break;
            case "pre":
                Code(element);
                break;
            case "br":
                _text.Append('\v');
                break;
            case "hr" or "img":
                EndParagraph();
                break;
            default:
                Flow(element, depth);
                break;
        }

        limits.Check(outline.Characters);
    }

    private void Flow(IElement element, int depth)
    {
        if (!HtmlInline.IsBlock(element))
        {
            if (HtmlInline.HasBlocks(element))
            {
                Children(element, depth);
            }
            else
            {
                Append(HtmlInline.Text(element, url, keepsSpace: true));
            }

            return;
        }

        EndParagraph();
        Children(element, depth);
        EndParagraph();
    }

    /// <summary>Tables hold data; one that arranges the page, with headings or tables or one column in it, is opened.</summary>
    private void Table(IElement table, int depth)
    {
        var rows = HtmlLists.Rows(table, url);
        if (table.QuerySelector("table, h1, h2, h3, ul, pre") is not null || rows.Count == 0 || rows.Max(row => row.Count) < 2)
        {
            EndParagraph();
            Children(table, depth);
            EndParagraph();
            return;
        }

        if (table.QuerySelector("caption") is { } caption)
        {
            Add(TextUnit.Paragraph(HtmlInline.Text(caption, url)));
        }

        Add(MarkdownTable.Of(rows));
    }

    private void Code(IElement element)
    {
        var code = element.TextContent.ReplaceLineEndings("\n").Trim('\n').TrimEnd();
        if (code.Trim().Length > 0)
        {
            var fence = code.Contains("```", StringComparison.Ordinal) ? "````" : "```";
            Add(TextUnit.Verbatim($"{fence}\n{code}\n{fence}"));
        }
    }

    private void Add(TextUnit unit)
    {
        EndParagraph();
        outline.Add(unit.At(Place()));
    }

    private void Append(string text)
    {
        if (_text.Length == 0)
        {
            if (string.IsNullOrWhiteSpace(text))
            {
                return;
            }

            _textAnchor = _anchor;
        }

        _text.Append(text);
    }

    private void EndParagraph()
    {
        if (_text.Length > 0)
        {
            var text = HtmlInline.Collapse(_text.ToString());
            outline.Add(TextUnit.Paragraph(text).At(_textAnchor is null ? null : new PassagePlace { Anchor = _textAnchor }));
            _text.Clear();
        }
    }

    private void NoteWithin(IElement heading)
    {
        if (heading.Id is null or "" && heading.QuerySelector("[id], a[name]") is { } inner)
        {
            Note(inner);
        }
    }

    /// <summary>Remembers where a link can lead.</summary>
    private void Note(IElement element)
    {
        const int most = 200;
        var id = element.Id is { Length: > 0 } own ? own : element.LocalName == "a" ? element.GetAttribute("name") : null;
        if (id is { Length: > 0 and <= most } && !id.Any(char.IsWhiteSpace))
        {
            _anchor = id;
        }
    }

    private PassagePlace? Place() => _anchor is null ? null : new PassagePlace { Anchor = _anchor };
}
