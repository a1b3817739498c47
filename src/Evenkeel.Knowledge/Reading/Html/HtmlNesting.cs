namespace Evenkeel.Knowledge.Reading.Html;

/// <summary>
/// Refuses pages whose elements nest without end before a tree is built of them: building it takes time that grows with the square of the depth.
/// </summary>
internal static class HtmlNesting
{
    /// <summary>Browsers stop at 512; pages that people wrote need some dozens.</summary>
    private const int Most = 1500;

    /// <summary>Elements that need no end, or none at all.</summary>
    private static readonly HashSet<string> Unclosed = new(StringComparer.OrdinalIgnoreCase)
    {
        "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr",
        "p", "li", "dt", "dd", "tr", "td", "th", "thead", "tbody", "tfoot", "colgroup", "option", "optgroup", "rt", "rp", "html", "head", "body",
    };

    /// <exception cref="ReadFailedException"><c>corrupt</c></exception>
    public static void Check(string text)
    {
        var unclosed = Unclosed.GetAlternateLookup<ReadOnlySpan<char>>();
        var depth = 0;
        for (var at = text.IndexOf('<', StringComparison.Ordinal); at >= 0 && at + 1 < text.Length; at = text.IndexOf('<', at + 1))
        {
            var isEnd = text[at + 1] == '/';
            var start = at + (isEnd ? 2 : 1);
            var end = start;
            while (end < text.Length && char.IsAsciiLetterOrDigit(text[end]))
            {
                end++;
            }

            if (end == start || unclosed.Contains(text.AsSpan(start, end - start)))
            {
                continue;
            }

            depth = isEnd ? Math.Max(0, depth - 1) : depth + 1;
            if (depth > Most)
            {
                throw new ReadFailedException(KnowledgeReasons.Corrupt);
            }
        }
    }
}
