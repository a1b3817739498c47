namespace Evenkeel.Models.Extractive;

/// <summary>A word, or a pair of Chinese characters, that carries content.</summary>
/// <param name="Text">Normalised.</param>
/// <param name="Weight">Numbers and names weigh more: they are what a false statement gets wrong.</param>
public readonly record struct ContentUnit(string Text, double Weight);

/// <summary>What two texts in the same language can be compared by, without any model.</summary>
public static class ContentUnits
{
    private const double WordWeight = 1;
    private const double NameWeight = 1.5;
    private const double NumberWeight = 2;

    /// <summary>The units of a sentence, each once, without words that carry nothing.</summary>
    public static IReadOnlyList<ContentUnit> Of(string sentence)
    {
        var units = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (var (text, weight) in Read(sentence))
        {
            if (!units.TryGetValue(text, out var known) || known < weight)
                units[text] = weight;
        }
        return [.. units.Select(unit => new ContentUnit(unit.Key, unit.Value))];
    }

    /// <summary>The units of a longer text, for looking them up.</summary>
    public static IReadOnlySet<string> SetOf(string text) => Read(text).Select(unit => unit.Text).ToHashSet(StringComparer.Ordinal);

    private static IEnumerable<ContentUnit> Read(string text)
    {
        var start = 0;
        for (var index = 0; index <= text.Length; index++)
        {
            var isPart = index < text.Length && char.IsLetterOrDigit(text[index]);
            if (isPart && (index == start || Terms.IsWide(text[index]) == Terms.IsWide(text[start])))
                continue;
            if (index > start && !Terms.IsWide(text[start]))
            {
                if (Word(text, start, index) is { } word)
                    yield return word;
            }
            else
            {
                for (var pair = start; pair + 1 < index; pair++)
                    yield return new ContentUnit(text.Substring(pair, 2), WordWeight);
            }
            start = isPart ? index : index + 1;
        }
    }

    private static ContentUnit? Word(string text, int start, int end)
    {
        var word = text[start..end];
        if (char.IsDigit(word[0]))
            return new ContentUnit(word, NumberWeight);
        var stem = Stemming.Stem(Terms.Fold(word.ToLowerInvariant()));
        var isName = char.IsUpper(word[0]) && start > 1 && text[start - 1] == ' ' && text[start - 2] is not ('.' or '!' or '?' or ':' or '*' or '-');
        return stem.Length > 1 && !QuestionWords.IsSmall(stem) ? new ContentUnit(stem, isName ? NameWeight : WordWeight) : null;
    }
}
