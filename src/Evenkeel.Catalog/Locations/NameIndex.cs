using System.Numerics;

namespace Evenkeel.Catalog.Locations;

/// <summary>Things by their folded names; immutable. Finds names that differ in a letter or two by length and letters, then by edit distance.</summary>
/// <typeparam name="T">What has names.</typeparam>
internal sealed class NameIndex<T>
    where T : class
{
    // Longer ones are found, but nobody looks so far ahead in a question for them.
    private const int MostWordsLookedAt = 8;
    private const int MostCharactersLookedAt = 16;

    private readonly Dictionary<string, T[]> _things;
    private readonly ILookup<int, (string Name, ulong Letters)> _byLength;

    /// <param name="names">Folded names; one thing may have several.</param>
    /// <param name="weigh">The likeliest weighs most.</param>
    public NameIndex(IEnumerable<(string Folded, T Thing)> names, Func<T, long> weigh)
    {
        _things = names.Where(one => one.Folded.Length > 0).GroupBy(one => one.Folded, one => one.Thing, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.Distinct().OrderByDescending(weigh).ToArray(), StringComparer.Ordinal);
        _byLength = _things.Keys.ToLookup(name => name.Length, name => (name, LettersOf(name)));
        MostWords = Math.Min(MostWordsLookedAt, _things.Keys.Select(name => name.Count(character => character == ' ') + 1).DefaultIfEmpty(0).Max());
        MostCharacters = Math.Min(
            MostCharactersLookedAt, _things.Keys.Where(name => name.Any(Writing.IsWithoutSpaces)).Select(name => name.Length).DefaultIfEmpty(0).Max());
    }

    public int Count => _things.Count;

    public int MostWords { get; }

    public int MostCharacters { get; }

    public IReadOnlyList<T> Exactly(string folded) => _things.TryGetValue(folded, out var found) ? found : [];

    /// <summary>Names that are close, with how many letters differ.</summary>
    public IEnumerable<(T Thing, int Distance)> Close(string folded)
    {
        var allowed = Writing.IsWithoutSpaces(folded.FirstOrDefault()) ? (folded.Length >= 3 ? 1 : 0) : folded.Length switch { < 4 => 0, < 6 => 1, _ => 2 };
        if (allowed == 0)
        {
            yield break;
        }

        var letters = LettersOf(folded);
        for (var length = folded.Length - allowed; length <= folded.Length + allowed; length++)
        {
            foreach (var (name, itsLetters) in _byLength[length])
            {
                // One edit changes at most two letters of the set.
                if (BitOperations.PopCount(letters ^ itsLetters) <= 2 * allowed && EditDistance.Between(folded, name, allowed) is { } distance)
                {
                    foreach (var thing in _things[name])
                    {
                        yield return (thing, distance);
                    }
                }
            }
        }
    }

    private static ulong LettersOf(string name) => name.Aggregate(0UL, (letters, character) => letters | (1UL << (character % 64)));
}
