using System.Text;

namespace Evenkeel.Models.Extractive;

/// <summary>The words of a text for comparison: English stems, Chinese pairs of characters.</summary>
internal sealed class Terms
{
    private readonly HashSet<string> _exact = new(StringComparer.Ordinal);
    private readonly HashSet<string> _roots = new(StringComparer.Ordinal);
    private readonly HashSet<(string, string)> _pairs = [];

    /// <summary>Distinct words, without the Chinese single characters.</summary>
    public IReadOnlyCollection<string> Words => _words;

    private readonly HashSet<string> _words = new(StringComparer.Ordinal);

    public static Terms Of(string text)
    {
        var terms = new Terms();
        string? previous = null;
        foreach (var token in Tokens(text))
        {
            if (IsWide(token[0]))
            {
                terms.AddWide(token);
                previous = null;
                continue;
            }
            var stem = Stemming.Stem(token);
            terms._exact.Add(stem);
            terms._words.Add(stem);
            terms._roots.Add(Stemming.Root(stem));
            if (previous is not null)
                terms._pairs.Add((previous, stem));
            previous = stem;
        }
        return terms;
    }

    /// <summary>1 for the term itself, less for a relative of it ("disconnect" and "connection"), 0 for nothing.</summary>
    public double Match(string term)
    {
        if (_exact.Contains(term))
            return 1;
        if (!IsWide(term[0]))
            return _roots.Contains(Stemming.Root(term)) ? 0.6 : 0;
        return term.Length == 2 && (_exact.Contains(term[..1]) || _exact.Contains(term[1..])) ? 0.25 : 0;
    }

    public bool Contains(string term) => _exact.Contains(term);

    public bool ContainsPair((string, string) pair) => _pairs.Contains(pair);

    public double Similarity(Terms other)
    {
        var shared = _words.Count(other._words.Contains);
        var all = _words.Count + other._words.Count - shared;
        return all == 0 ? 0 : (double)shared / all;
    }

    public static bool IsWide(char letter) => letter is >= '\u3400' and <= '\u9FFF' or >= '\u3040' and <= '\u30FF' or >= '\uAC00' and <= '\uD7A3';

    /// <summary>Words in lower case, and unbroken runs of Chinese characters.</summary>
    public static IEnumerable<string> Tokens(string text)
    {
        var token = new StringBuilder();
        foreach (var letter in text.Append(' '))
        {
            if (letter is '\'' or '’' && token.Length > 0)
                continue;
            var belongs = char.IsLetterOrDigit(letter) && (token.Length == 0 || IsWide(letter) == IsWide(token[^1]));
            if (!belongs && token.Length > 0)
            {
                yield return token.ToString();
                token.Clear();
            }
            if (char.IsLetterOrDigit(letter))
                token.Append(char.ToLowerInvariant(letter));
        }
    }

    private void AddWide(string run)
    {
        for (var index = 0; index < run.Length; index++)
        {
            _exact.Add(run[index].ToString());
            if (index + 1 == run.Length)
                continue;
            _exact.Add(run.Substring(index, 2));
            _words.Add(run.Substring(index, 2));
        }
    }
}
