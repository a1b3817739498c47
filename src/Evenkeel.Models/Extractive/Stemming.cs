using System.Buffers;

namespace Evenkeel.Models.Extractive;

/// <summary>
/// Cautious English stems: plural, -ing and -ed. A full stemmer joins words that users mean differently ("university",
/// "universe"); here a missed pair costs less than a wrong one.
/// </summary>
internal static class Stemming
{
    private static readonly SearchValues<char> Vowels = SearchValues.Create("aeiouy");

    public static string Stem(string word)
    {
        if (word.Length < 4 || !char.IsAsciiLetterLower(word[^1]) || char.IsDigit(word[0]))
            return word;
        word = StripEnding(StripPlural(word));
        return word.Length > 4 && word[^1] == 'e' ? word[..^1] : word;
    }

    /// <summary>What "disconnect", "reconnect" and "connection" have in common.</summary>
    public static string Root(string stem)
    {
        foreach (var prefix in (ReadOnlySpan<string>)["dis", "re", "un"])
        {
            if (stem.Length >= prefix.Length + 5 && stem.StartsWith(prefix, StringComparison.Ordinal))
            {
                stem = stem[prefix.Length..];
                break;
            }
        }
        foreach (var suffix in (ReadOnlySpan<string>)["ion", "ment", "er", "or"])
        {
            if (stem.Length >= suffix.Length + 4 && stem.EndsWith(suffix, StringComparison.Ordinal))
                return stem[..^suffix.Length];
        }
        return stem;
    }

    private static string StripPlural(string word) => word switch
    {
        [.., 'i', 'e', 's'] when word.Length > 4 => word[..^3] + "y",
        [.., 's', 's'] or [.., 'u', 's'] or [.., 'i', 's'] => word,
        [.., 's' or 'x' or 'z', 'e', 's'] or [.., 'c' or 's', 'h', 'e', 's'] => word[..^2],
        [.., 's'] => word[..^1],
        _ => word,
    };

    private static string StripEnding(string word) => word switch
    {
        [.., 'i', 'e', 'd'] when word.Length > 4 => word[..^3] + "y",
        [.., 'i', 'n', 'g'] when word.Length > 5 && HasVowel(word[..^3]) => Undouble(word[..^3]),
        [.., 'e', 'd'] when word.Length > 4 && word[^3] != 'e' && HasVowel(word[..^2]) => Undouble(word[..^2]),
        _ => word,
    };

    private static bool HasVowel(string stem) => stem.AsSpan().ContainsAny(Vowels);

    private static string Undouble(string stem) =>
        stem.Length > 3 && stem[^1] == stem[^2] && stem[^1] is not ('l' or 's' or 'z') ? stem[..^1] : stem;
}
