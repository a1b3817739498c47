namespace Evenkeel.Models;

/// <summary>The built-in rules over a text in all its readings.</summary>
internal static class ModerationByRules
{
    private static readonly TermScanner Scanner = new([.. EnglishVocabulary.All, .. ChineseVocabulary.All]);

    // Every rule for answers needs one of these.
    internal const Terms Dangers = Terms.Weapon | Terms.Suicide | Terms.Sexual | Terms.Kill | Terms.Attack | Terms.Exterminate | Terms.Contempt | Terms.Malware;

    /// <summary>Whether any rule for answers can hold around this text.</summary>
    public static bool IsSuspicious(string text)
    {
        var folded = FoldedText.Of(text);
        return HasDanger(folded.Plain, isJoined: false) || (folded.Leet is { } leet && HasDanger(leet, isJoined: false)) || folded.Joined.Count > 0;
    }

    /// <summary>The category of the first rule that holds; null when none does.</summary>
    public static string? CategoryOf(string text, ModeratedText kind)
    {
        var folded = FoldedText.Of(text);
        return Match(folded.Plain, kind, isJoined: false)
            ?? (folded.Leet is { } leet ? Match(leet, kind, isJoined: false) : null)
            ?? folded.Joined.Select(run => Match(run, kind, isJoined: true)).FirstOrDefault(category => category is not null);
    }

    private static bool HasDanger(string text, bool isJoined) => Scanner.Scan(text, isJoined).Exists(term => (term.Kinds & Dangers) != Terms.None);

    private static string? Match(string text, ModeratedText kind, bool isJoined)
    {
        var terms = Scanner.Scan(text, isJoined);
        var present = terms.Aggregate(Terms.None, (kinds, term) => kinds | term.Kinds);
        return ModerationRules.All.FirstOrDefault(rule => (rule.Only ?? kind) == kind && rule.Matches(text, terms, present))?.Category;
    }
}
