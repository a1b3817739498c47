namespace Evenkeel.Chat.Guarding;

/// <summary>
/// What an answer must not repeat, as words, in every order and simple cipher in which a model may be talked into giving it away. Built once
/// for a persona; sections are parted by empty words, which match nothing.
/// </summary>
internal sealed class ConfidentialText
{
    // Fewer words in common are no secret: they are how people talk.
    private const int PublicWeight = 8;

    private readonly Dictionary<string, List<int>> _positions = new(StringComparer.Ordinal);

    private ConfidentialText(List<LeakWord> words, string[] squeezed)
    {
        (Words, Squeezed) = (words, squeezed);
        for (var position = 0; position < words.Count; position++)
        {
            if (words[position].Text.Length > 0)
            {
                Positions(words[position].Text, canAdd: true).Add(position);
            }
        }
    }

    /// <summary>The words of all sections, forwards and disguised.</summary>
    public IReadOnlyList<LeakWord> Words { get; }

    /// <summary>The letters of each section without anything between them, forwards and disguised.</summary>
    public IReadOnlyList<string> Squeezed { get; }

    public static ConfidentialText Of(params IEnumerable<string> sections)
    {
        var words = new List<LeakWord>();
        var squeezed = new List<string>();
        foreach (var section in sections)
        {
            var plain = LeakWords.Of(section);
            string[][] disguises =
            [
                [.. plain.Select(word => word.Text)],
                [.. plain.Select(word => word.Text).Reverse()],
                [.. plain.Select(word => Reversed(word.Text))],
                [.. plain.Select(word => Reversed(word.Text)).Reverse()],
                [.. plain.Select(word => Rot13(word.Text))],
            ];
            // Chinese knows neither turned words nor ROT13: what equals another disguise is left out.
            foreach (var disguise in disguises.DistinctBy(texts => string.Join(' ', texts)))
            {
                words.AddRange(disguise.Select(text => new LeakWord(text, 0, 0)));
                words.Add(default(LeakWord) with { Text = "" });
                squeezed.Add(string.Concat(disguise));
            }
        }

        return new ConfidentialText(words, [.. squeezed]);
    }

    /// <summary>Where a word stands.</summary>
    public IReadOnlyList<int> PositionsOf(string word) => Positions(word, canAdd: false);

    /// <summary>
    /// Marks what anybody may see: stretches that also stand in texts the person has or is to be given, such as passages and the
    /// question itself.
    /// </summary>
    public bool[] FindPublic(IEnumerable<string> texts)
    {
        var known = texts.SelectMany(text => Stretches([.. LeakWords.Of(text).Select(word => word.Text)])).Select(stretch => stretch.Text).ToHashSet(StringComparer.Ordinal);
        var isPublic = new bool[Words.Count];
        foreach (var (text, start, end) in Stretches([.. Words.Select(word => word.Text)]))
        {
            if (known.Contains(text))
            {
                isPublic.AsSpan(start, end - start).Fill(true);
            }
        }

        return isPublic;
    }

    /// <summary>Whether a whole text repeats too much of it.</summary>
    public bool IsRepeatedBy(string text)
    {
        var alignment = new LeakAlignment(this, isPublic: null);
        foreach (var word in LeakWords.Of(text))
        {
            alignment.Take(word);
        }

        return alignment.IsLeak;
    }

    private static IEnumerable<(string Text, int Start, int End)> Stretches(string[] words)
    {
        for (var start = 0; start < words.Length; start++)
        {
            var weight = 0;
            for (var end = start; end < words.Length && words[end].Length > 0; end++)
            {
                weight += new LeakWord(words[end], 0, 0).Weight;
                if (weight >= PublicWeight)
                {
                    yield return (string.Join(' ', words, start, end + 1 - start), start, end + 1);
                    break;
                }
            }
        }
    }

    private static readonly List<int> Nowhere = [];

    private List<int> Positions(string word, bool canAdd) =>
        _positions.TryGetValue(word, out var positions) ? positions : canAdd ? _positions[word] = [] : Nowhere;

    private static string Reversed(string word) => new([.. word.Reverse()]);

    private static string Rot13(string word) => string.Create(word.Length, word, static (turned, original) =>
    {
        for (var index = 0; index < turned.Length; index++)
        {
            turned[index] = char.IsAsciiLetterLower(original[index]) ? (char)('a' + ((original[index] - 'a' + 13) % 26)) : original[index];
        }
    });
}
