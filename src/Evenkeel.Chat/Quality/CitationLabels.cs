using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Evenkeel.Chat.Quality;

/// <summary>A label in an answer: where it stands, in UTF-16 units, and the passage it names.</summary>
internal readonly record struct CitationLabel(int Start, int End, int Number);

/// <summary>
/// Finds the labels in an answer, and brings what models really write, such as <c>[1, 2]</c>, <c>[1-3]</c> or <c>【1†source】</c>, into the one form that clients
/// show and this program reads: <c>[1][2]</c>. <c>(1)</c> is a number of a list more often than a label and is left alone.
/// </summary>
internal static partial class CitationLabels
{
    /// <summary>Longer brackets hold words.</summary>
    public const int LongestGroup = 40;

    // [1-400] is a range of something else.
    private const int WidestRange = 12;

    // What may stand behind a number. It has none of the marks that part labels: 【1†a, 2†b】 are two.
    private const string Title = @"(?:†[^\]】］,;，；、&]{0,24})?";

    /// <summary>The labels outside code, in their order. <c>[1](…)</c> is a link.</summary>
    public static List<CitationLabel> Find(string text)
    {
        var labels = new List<CitationLabel>();
        if (!text.Contains('[', StringComparison.Ordinal))
        {
            return labels;
        }

        var code = Code.EnumerateMatches(text);
        var hasCode = code.MoveNext();
        foreach (var match in Label.EnumerateMatches(text))
        {
            while (hasCode && code.Current.Index + code.Current.Length <= match.Index)
            {
                hasCode = code.MoveNext();
            }

            if (!hasCode || code.Current.Index > match.Index)
            {
                var number = text.AsSpan(match.Index + 1, match.Length - 2);
                labels.Add(new CitationLabel(match.Index, match.Index + match.Length, int.Parse(number, CultureInfo.InvariantCulture)));
            }
        }

        return labels;
    }

    /// <summary>A bracket and what stands in it, in the one form, or null when it is no group of labels or none of them was offered.</summary>
    /// <param name="bracket">From the opening to the closing bracket.</param>
    /// <param name="offered">Passages offered; they have the numbers from 1.</param>
    public static string? Normalize(string bracket, int offered)
    {
        if (!Group.IsMatch(bracket))
        {
            return null;
        }

        var numbers = new List<int>();
        foreach (Match part in Part.Matches(bracket))
        {
            var first = int.Parse(part.Groups["first"].ValueSpan, CultureInfo.InvariantCulture);
            var last = part.Groups["last"].Success ? int.Parse(part.Groups["last"].ValueSpan, CultureInfo.InvariantCulture) : first;
            if (last < first || last - first > WidestRange || first == 0)
            {
                return null;
            }

            numbers.AddRange(Enumerable.Range(first, last + 1 - first));
        }

        return numbers.Exists(number => number <= offered)
            ? numbers.Distinct().Aggregate(new StringBuilder(), (text, number) => text.Append(CultureInfo.InvariantCulture, $"[{number}]")).ToString()
            : null;
    }

    // Not \d: that matches the digits of every script, which int.Parse refuses.
    [GeneratedRegex(@"\[[0-9]{1,3}\](?!\()")]
    private static partial Regex Label { get; }

    [GeneratedRegex(@"^[\[【［](?:(?:source|passage|资料|来源)s? ?)?\^?[0-9]{1,3}" + Title + @"(?: ?(?:[,;，、；&\-–—~]|and|和) ?\^?[0-9]{1,3}" + Title + @")*[\]】］]$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Group { get; }

    [GeneratedRegex(@"(?<first>[0-9]{1,3})(?: ?[\-–—~] ?(?<last>[0-9]{1,3}))?" + Title, RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Part { get; }

    // Fences that are never closed reach to the end.
    [GeneratedRegex(@"```[\s\S]*?(?:```|$)|~~~[\s\S]*?(?:~~~|$)|`[^`\n]+`")]
    private static partial Regex Code { get; }
}
