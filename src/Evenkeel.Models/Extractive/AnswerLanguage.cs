namespace Evenkeel.Models.Extractive;

/// <summary>
/// Keeps an answer in one language. Where only passages of another language fit, they are quoted, and it is said that they are quoted:
/// there is nobody here who could translate them.
/// </summary>
internal sealed class AnswerLanguage
{
    private const string Unknown = "";

    /// <summary>A passage of another language must fit so much better to be preferred.</summary>
    private const double FarBetter = 1.5;

    /// <summary>So many tell the language of a longer text too.</summary>
    private const int MostWords = 200;

    private static readonly (string Language, HashSet<string> Words)[] FunctionWords =
    [
        ("en", Set("the of and is are was were to in what how which who does did when where why for with that")),
        ("de", Set("der die das und ist sind war wie wer was wann nicht ein eine von mit für auf den dem im wird welche warum")),
        ("fr", Set("le les des est et une dans que qui pour quelle quel sur par du au comment pourquoi quand sont")),
        ("es", Set("el los las y es una que por para cómo qué en del se con cuándo cuál son dónde")),
    ];

    private readonly string _question;
    private readonly bool _isChinese;

    public AnswerLanguage(string question, bool isChinese)
    {
        _isChinese = isChinese;
        _question = isChinese ? "zh" : LanguageOf(question);
    }

    /// <summary>The candidates, best first, in one language.</summary>
    public IReadOnlyList<Candidate> Prefer(IEnumerable<Candidate> ranked)
    {
        var all = ranked.ToArray();
        var own = all.Where(one => !IsForeign(one.Passage)).ToArray();
        if (own.Length == all.Length || (own.Length > 0 && own[0].Score * FarBetter >= all[0].Score))
            return own;
        var language = LanguageOf(all[0].Passage);
        return [.. all.Where(one => LanguageOf(one.Passage) == language)];
    }

    /// <summary>The answer, after a word about its language where that is not the question's.</summary>
    public string Introduce(string answer, GroundingPassage from)
    {
        if (!IsForeign(from))
            return answer;
        var introduction = (_isChinese, LanguageOf(from)) switch
        {
            (true, "en") => "资料中只有英文内容，原文如下：",
            (true, _) => "资料中只有其他语言的内容，原文如下：",
            (false, "zh") => "I found this only in Chinese; the original says:",
            (false, "de") => "I found this only in German; the original says:",
            (false, "fr") => "I found this only in French; the original says:",
            (false, "es") => "I found this only in Spanish; the original says:",
            _ => "I found this only in English; the original says:",
        };
        return $"{introduction}\n\n> {answer.Replace("\n", "\n> ", StringComparison.Ordinal)}";
    }

    private bool IsForeign(GroundingPassage passage) =>
        LanguageOf(passage) is var language && _question != Unknown && language != Unknown && language != _question;

    private static string LanguageOf(GroundingPassage passage) => passage.Language == "zh" ? "zh" : LanguageOf(passage.Text);

    /// <summary>By the little words; unknown when two languages have as many.</summary>
    private static string LanguageOf(string text)
    {
        if (Terms.HasWide(text))
            return text.Count(Terms.IsWide) * 3 > text.Length ? "zh" : Unknown;
        var words = text.ToLowerInvariant().Split([' ', '\n', ',', '.', '?', '!', '¿', '¡', ':', ';', '(', ')'], MostWords);
        var ranked = FunctionWords.Select(one => (one.Language, Hits: words.Count(one.Words.Contains))).OrderByDescending(one => one.Hits).ToArray();
        return ranked[0].Hits > ranked[1].Hits ? ranked[0].Language : Unknown;
    }

    private static HashSet<string> Set(string words) => new(words.Split(' '), StringComparer.Ordinal);
}
