namespace Evenkeel.Models.Extractive;

/// <summary>Where a sentence ends in English and Chinese prose, and where a full stop only looks like an end.</summary>
internal static class SentenceSplitting
{
    private static readonly HashSet<string> Abbreviations = new(StringComparer.OrdinalIgnoreCase)
    {
        "e.g", "i.e", "etc", "vs", "cf", "approx", "mr", "mrs", "ms", "dr", "prof", "st", "no", "fig", "inc", "ltd", "co", "jr", "sr", "a.m", "p.m",
    };

    /// <summary>A semicolon in Chinese parts what English parts with a full stop, but halves of a short sentence belong together.</summary>
    private const int LongClause = 80;

    public static IEnumerable<string> Split(string paragraph)
    {
        var start = 0;
        var isInCode = false;
        for (var index = 0; index < paragraph.Length; index++)
        {
            if (paragraph[index] == '`')
                isInCode = !isInCode;
            if (isInCode || !Ends(paragraph, start, index))
                continue;
            var end = SkipClosing(paragraph, index + 1);
            if (paragraph[start..end].Trim() is { Length: > 0 } sentence)
                yield return sentence;
            start = end;
            index = end - 1;
        }
        if (paragraph[start..].Trim() is { Length: > 0 } rest)
            yield return rest;
    }

    private static bool Ends(string text, int start, int index) => text[index] switch
    {
        '。' or '！' or '？' => true,
        '；' => index - start >= LongClause,
        '!' or '?' => IsFollowedByNewSentence(text, index + 1),
        '.' => IsFollowedByNewSentence(text, index + 1) && !IsAbbreviation(text, start, index),
        _ => false,
    };

    private static bool IsFollowedByNewSentence(string text, int index)
    {
        index = SkipClosing(text, index);
        if (index >= text.Length)
            return true;
        if (!char.IsWhiteSpace(text[index]))
            return false;
        while (index < text.Length && char.IsWhiteSpace(text[index]))
            index++;
        return index >= text.Length || !char.IsLower(text[index]);
    }

    private static bool IsAbbreviation(string text, int start, int index)
    {
        var from = index;
        while (from > start && !char.IsWhiteSpace(text[from - 1]) && text[from - 1] is not ('(' or '"'))
            from--;
        var word = text[from..index];
        return Abbreviations.Contains(word) || (word.Length == 1 && char.IsUpper(word[0]));
    }

    /// <summary>Quotation marks, brackets and emphasis after the full stop belong to the sentence.</summary>
    private static int SkipClosing(string text, int index)
    {
        while (index < text.Length && text[index] is '"' or '\'' or ')' or ']' or '”' or '’' or '」' or '』' or '）' or '》' or '*' or '_')
            index++;
        return index;
    }
}
