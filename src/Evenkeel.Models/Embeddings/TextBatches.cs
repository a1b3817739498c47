namespace Evenkeel.Models.Embeddings;

/// <summary>Cuts a list of texts into calls that are neither too many texts nor too long.</summary>
internal static class TextBatches
{
    /// <returns>Stretches of the list, in order; each holds at least one text.</returns>
    public static IEnumerable<Range> Of(IReadOnlyList<string> texts, int mostTexts, int mostCharacters)
    {
        var start = 0;
        var characters = 0;
        for (var index = 0; index < texts.Count; index++)
        {
            if (index > start && (index - start == mostTexts || characters + texts[index].Length > mostCharacters))
            {
                yield return start..index;
                (start, characters) = (index, 0);
            }
            characters += texts[index].Length;
        }
        if (start < texts.Count)
            yield return start..texts.Count;
    }

    /// <summary>A text no longer than <paramref name="most"/> characters; a character of two halves is not cut in two.</summary>
    public static string Cut(string text, int most) =>
        text.Length <= most ? text : text[..(char.IsHighSurrogate(text[most - 1]) ? most - 1 : most)];
}
