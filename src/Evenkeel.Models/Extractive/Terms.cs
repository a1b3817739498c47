using System.Text;

namespace Evenkeel.Models.Extractive;

/// <summary>The words of a text for comparison: English stems, Chinese pairs of characters.</summary>
internal sealed class Terms
{
    private readonly HashSet<string> _exact = new(StringComparer.Ordinal);
    private readonly HashSet<string> _roots = new(StringComparer.Ordinal);
    private readonly HashSet<(string, string)> _pairs = [];

    /// <summary>Each word of a question is asked for several times.</summary>
    private readonly Dictionary<string, double> _matches = new(StringComparer.Ordinal);

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
        if (!_matches.TryGetValue(term, out var match))
            _matches[term] = match = Compare(term);
        return match;
    }

    private double Compare(string term)
    {
        if (_exact.Contains(term))
            return 1;
        if (!IsWide(term[0]))
            return _roots.Contains(Stemming.Root(term)) ? 0.6 : IsLike(term) ? 0.5 : 0;
        return term.Length == 2 && (_exact.Contains(term[..1]) || _exact.Contains(term[1..])) ? 0.25 : 0;
    }

    /// <summary>
    /// Forms that no rule here knows, in any language: words that begin alike ("verwendet", "Verwendung"), and compounds of a long word
    /// ("Passwort", "Passwortlänge").
    /// </summary>
    private bool IsLike(string term)
    {
        if (term.Length < 5 || char.IsDigit(term[0]))
            return false;
        foreach (var word in _words)
        {
            var shared = word.AsSpan().CommonPrefixLength(term);
            if (shared >= 5 && shared * 10 >= Math.Max(word.Length, term.Length) * 6)
                return true;
            if (term.Length >= 6 && word.Length > term.Length + 2 && word.Contains(term, StringComparison.Ordinal))
                return true;
        }
        return false;
    }

    public bool Contains(string term) => _exact.Contains(term);

    public bool ContainsPair((string, string) pair) => _pairs.Contains(pair);

    public double Similarity(Terms other)
    {
        var shared = _words.Count(other._words.Contains);
        var all = _words.Count + other._words.Count - shared;
        return all == 0 ? 0 : (double)shared / all;
    }

    /// <summary>The share of these words that <paramref name="other"/> has too.</summary>
    public double ShareIn(Terms other) => _words.Count == 0 ? 0 : (double)_words.Count(other._words.Contains) / _words.Count;

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
                Append(token, char.ToLowerInvariant(letter));
        }
    }

    /// <summary>A word in lower case without accents: people leave them out, and question words are compared with both.</summary>
    public static string Fold(string word)
    {
        if (Ascii.IsValid(word))
            return word;
        var folded = new StringBuilder(word.Length);
        foreach (var letter in word)
            Append(folded, letter);
        return folded.ToString();
    }

    public static bool HasWide(string text) => text.AsSpan().ContainsAnyInRange('\u3040', '\uD7A3');

    private static void Append(StringBuilder token, char letter)
    {
        if (letter == 'ß')
            token.Append("ss");
        else
            token.Append(letter is >= '\u00C0' and <= '\u024F' ? letter.ToString().Normalize(NormalizationForm.FormD)[0] : letter);
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
