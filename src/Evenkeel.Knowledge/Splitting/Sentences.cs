namespace Evenkeel.Knowledge.Splitting;

/// <summary>Cuts a paragraph into sentences, in English and Chinese.</summary>
internal static class Sentences
{
    /// <summary>The sentences with the space behind them, so that joining them gives the paragraph back.</summary>
    public static List<string> Of(string paragraph)
    {
        var sentences = new List<string>();
        var start = 0;
        for (var index = 0; index < paragraph.Length; index++)
        {
            var end = EndAt(paragraph, index);
            if (end <= 0)
            {
                continue;
            }

            sentences.Add(paragraph[start..end]);
            start = end;
            index = end - 1;
        }

        if (start < paragraph.Length)
        {
            sentences.Add(paragraph[start..]);
        }

        return sentences;
    }

    /// <summary>Where the sentence that ends with the mark at <paramref name="index"/> is over, spaces included; 0 when it is not.</summary>
    private static int EndAt(string text, int index)
    {
        var mark = text[index];
        var isWide = mark is '。' or '！' or '？' or '；';
        if (!isWide && mark is not ('.' or '!' or '?'))
        {
            return 0;
        }

        var end = index + 1;
        while (end < text.Length && (text[end] is '.' or '!' or '?' or '。' or '！' or '？' || IsClosing(text[end])))
        {
            end++;
        }

        var afterSpace = end;
        while (afterSpace < text.Length && char.IsWhiteSpace(text[afterSpace]))
        {
            afterSpace++;
        }

        // "e.g. this" and "v1.5": a Latin full stop ends a sentence only before space and something that can begin one.
        return isWide || afterSpace == text.Length || (afterSpace > end && !char.IsLower(text[afterSpace])) ? afterSpace : 0;
    }

    private static bool IsClosing(char character) => character is '"' or '\'' or ')' or ']' or '”' or '’' or '」' or '』' or '）' or '】' or '*' or '_' or '`';
}
