namespace Evenkeel.Models.Extractive;

/// <summary>Where a sentence ends in English and Chinese prose, and where a full stop only looks like an end.</summary>
public static class SentenceSplitting
{
    private static readonly HashSet<string> Abbreviations = new(
        ("e.g i.e etc vs cf approx mr mrs ms dr prof st no nos fig inc ltd co corp jr sr a.m p.m al ca pp vol ed eds gen lt col capt sgt rev hon sen rep gov mt "
        + "ave blvd dept est jan feb mar apr jun jul aug sept sep oct nov dec u.s u.k u.n d.c "
        + "z.b d.h u.a z.t bzw usw nr str abs art bd hrsg vgl ggf evtl inkl zzgl tel mme mlle mm p.ex sra srta dra ud uds p.ej ee.uu av núm pág").Split(' '),
        StringComparer.OrdinalIgnoreCase);

    /// <summary>A German number with a full stop is an ordinal before these.</summary>
    private static readonly string[] AfterOrdinals =
    [
        "Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November", "Dezember", "Jahrhundert", "Jh",
    ];

    /// <summary>Speech longer than this is not waited for: its closing mark may never come.</summary>
    private const int LongestQuotation = 400;

    /// <summary>A semicolon in Chinese parts what English parts with a full stop, but halves of a short sentence belong together.</summary>
    private const int LongClause = 80;

    /// <summary>The sentences of a paragraph, trimmed.</summary>
    public static IEnumerable<string> Split(string paragraph) =>
        Ranges(paragraph).Select(range => paragraph[range].Trim()).Where(sentence => sentence.Length > 0);

    /// <summary>Where its sentences stand; together they are the whole paragraph.</summary>
    public static IEnumerable<Range> Ranges(string paragraph)
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
            if (IsWithinQuotation(paragraph, start, end))
                continue;
            yield return start..end;
            start = end;
            index = end - 1;
        }
        if (start < paragraph.Length)
            yield return start..;
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
        // A label of a source directly after the full stop.
        if (text[index] == '[' && index + 1 < text.Length && char.IsAsciiDigit(text[index + 1]))
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
        return Abbreviations.Contains(word) || word is [var letter] && char.IsLetter(letter) || IsInitials(word) || IsOrdinal(word, text, index + 1);
    }

    /// <summary>"N.A.S.A", "J.R.R".</summary>
    private static bool IsInitials(string word) => word.Length is 3 or 5 or 7 && word.Where((_, place) => place % 2 == 1).All(mark => mark == '.') && char.IsLetter(word[0]);

    private static bool IsOrdinal(string word, string text, int next) =>
        word.Length is 1 or 2 && word.All(char.IsAsciiDigit) && AfterOrdinals.Any(after => text.AsSpan(next).TrimStart().StartsWith(after, StringComparison.Ordinal));

    /// <summary>What somebody says is one sentence with who says it: it is not broken at its own full stops.</summary>
    private static bool IsWithinQuotation(string text, int start, int end)
    {
        var said = text.AsSpan(start, end - start);
        var rest = text.AsSpan(end, Math.Min(LongestQuotation, text.Length - end));
        return (said.Count('"') % 2 == 1 && rest.Contains('"'))
            || (said.Count('“') > said.Count('”') && rest.Contains('”'))
            || (said.Count('「') > said.Count('」') && rest.Contains('」'))
            || (said.Count('«') > said.Count('»') && rest.Contains('»'));
    }

    /// <summary>Quotation marks, brackets and emphasis after the full stop belong to the sentence.</summary>
    private static int SkipClosing(string text, int index)
    {
        while (index < text.Length && text[index] is '。' or '！' or '？' or '…' or '»' or '"' or '\'' or ')' or ']' or '”' or '’' or '」' or '』' or '）' or '》' or '*' or '_')
            index++;
        return index;
    }
}
