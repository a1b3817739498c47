using System.Text.RegularExpressions;

namespace Evenkeel.Models.Extractive;

/// <summary>Takes a passage apart without breaking lists, tables and code.</summary>
internal sealed partial class MarkdownSegments
{
    private readonly List<Segment> _segments = [];
    private readonly List<string> _open = [];
    private SegmentKind _openKind = SegmentKind.Sentence;
    private string _heading = "";
    private string[] _tableHead = [];
    private string[] _lastCells = [];
    private int _block;

    private MarkdownSegments()
    {
    }

    public static IReadOnlyList<Segment> Split(string markdown)
    {
        var reader = new MarkdownSegments();
        var lines = Comments().Replace(markdown, "").ReplaceLineEndings("\n").Split('\n');
        for (var index = 0; index < lines.Length; index++)
        {
            if (Fence().Match(lines[index]) is { Success: true } fence)
                index = reader.ReadCode(lines, index, fence.Groups[1].Value);
            else
                reader.ReadLine(lines[index]);
        }
        reader.Close();
        return reader._segments;
    }

    private void ReadLine(string line)
    {
        line = Quote().Replace(line, "");
        if (line.Trim().Length == 0 || IsRule(line))
        {
            Close();
        }
        else if (Heading().Match(line) is { Success: true } heading)
        {
            Close();
            _block++;
            _heading = Inline(heading.Groups[1].Value);
        }
        else if (ItemStart().Match(line) is { Success: true } item)
        {
            ReadItem(line, item);
        }
        else if (line.TrimStart().StartsWith('|'))
        {
            ReadRow(line);
            return;
        }
        else
        {
            if (_open.Count == 0)
                _block++;
            _open.Add(line.Trim());
        }
        _tableHead = [];
    }

    private void ReadItem(string line, Match item)
    {
        var isNested = item.Groups[1].Length >= 2 && _open.Count > 0 && _openKind != SegmentKind.Sentence;
        if (isNested)
        {
            _open.Add("\n" + line.TrimEnd());
            return;
        }
        var kind = char.IsDigit(item.Groups[2].Value[0]) ? SegmentKind.Step : SegmentKind.ListItem;
        Close();
        if (_segments.Count == 0 || _segments[^1].Kind != kind || _segments[^1].Heading != _heading)
            _block++;
        _openKind = kind;
        _open.Add(line.Trim());
    }

    private void ReadRow(string line)
    {
        Close();
        if (IsTableRule(line))
        {
            // What stands above the rule is the table's head, which says nothing by itself but names the cells below.
            if (_segments.Count > 0 && _segments[^1].Kind == SegmentKind.TableRow)
                _segments.RemoveAt(_segments.Count - 1);
            _tableHead = _lastCells;
            return;
        }
        if (_segments.Count == 0 || _segments[^1].Kind != SegmentKind.TableRow)
            _block++;
        _lastCells = [.. line.Trim().Trim('|').Split('|').Select(Inline)];
        if (Row(_lastCells) is { } row)
            Add(SegmentKind.TableRow, row);
    }

    /// <summary>A row as a line that can be read alone: "- Basic – Users: 5; Price: 10"; with two columns the second needs no name.</summary>
    private string? Row(string[] cells)
    {
        var first = Array.FindIndex(cells, cell => cell.Length > 0);
        if (first < 0)
            return null;
        var isNamed = cells.Length > 2 && _tableHead.Length == cells.Length;
        var rest = cells.Index().Skip(first + 1).Where(cell => cell.Item.Length > 0)
            .Select(cell => isNamed && _tableHead[cell.Index].Length > 0 ? $"{_tableHead[cell.Index]}: {cell.Item}" : cell.Item).ToArray();
        return $"- {cells[first]}" + (rest.Length == 0 ? "" : (isNamed ? " – " : ": ") + string.Join("; ", rest));
    }

    private int ReadCode(string[] lines, int index, string fence)
    {
        Close();
        var start = index++;
        while (index < lines.Length && !lines[index].TrimStart().StartsWith(fence, StringComparison.Ordinal))
            index++;
        var body = lines[start..Math.Min(index, lines.Length)];
        _block++;
        if (body.Length > 1)
            Add(SegmentKind.Code, string.Join('\n', body) + "\n" + fence);
        return index;
    }

    private void Close()
    {
        if (_open.Count > 0)
        {
            var text = Inline(Join(_open));
            if (_openKind != SegmentKind.Sentence)
                Add(_openKind, text);
            else
                foreach (var sentence in SentenceSplitting.Split(text))
                    Add(SegmentKind.Sentence, sentence);
        }
        _open.Clear();
        _openKind = SegmentKind.Sentence;
    }

    private void Add(SegmentKind kind, string text)
    {
        if (text.Length > 0)
            _segments.Add(new Segment(kind, text, _block, _heading));
    }

    /// <summary>Wrapped lines become one; between two Chinese characters there is no space.</summary>
    private static string Join(List<string> lines)
    {
        var text = lines[0];
        foreach (var line in lines.Skip(1))
        {
            var isTight = line[0] == '\n' || (Terms.IsWide(text[^1]) && Terms.IsWide(line[0]));
            text += isTight ? line : " " + line;
        }
        return text;
    }

    /// <summary>
    /// Relative links lead nowhere in a chat, and bracketed numbers would pass for our citations; both lose their brackets.
    /// </summary>
    private static string Inline(string text)
    {
        text = Image().Replace(text, "");
        text = Link().Replace(text, link => link.Groups[2].Value.StartsWith("http", StringComparison.Ordinal) ? link.Value : link.Groups[1].Value);
        return FootNote().Replace(text, "").Trim();
    }

    /// <summary>"---", "* * *" or the underline of a heading.</summary>
    private static bool IsRule(string line)
    {
        var marks = line.Where(letter => !char.IsWhiteSpace(letter)).ToArray();
        return marks.Length >= 3 && "-*_=".Contains(marks[0]) && marks.All(mark => mark == marks[0]);
    }

    private static bool IsTableRule(string line) =>
        line.Contains("--", StringComparison.Ordinal) && line.All(letter => letter is '|' or '-' or ':' || char.IsWhiteSpace(letter));

    [GeneratedRegex("<!--.*?-->", RegexOptions.Singleline)]
    private static partial Regex Comments();

    [GeneratedRegex(@"^\s*(```+|~~~+)")]
    private static partial Regex Fence();

    [GeneratedRegex(@"^(\s*>\s?)+")]
    private static partial Regex Quote();

    [GeneratedRegex(@"^\s{0,3}#{1,6}\s+(.*?)\s*#*\s*$")]
    private static partial Regex Heading();

    [GeneratedRegex(@"^(\s*)([-*+]|\d{1,3}[.)、])\s+\S")]
    private static partial Regex ItemStart();

    [GeneratedRegex(@"!\[[^\]]*\]\([^)]*\)")]
    private static partial Regex Image();

    [GeneratedRegex(@"\[([^\]]+)\]\(([^)\s]+)[^)]*\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"\s?\[\^?\d{1,3}\]")]
    private static partial Regex FootNote();
}
