using System.Buffers;

namespace Evenkeel.Models.Extractive;

/// <summary>What a question is about: its words without the ones every question has.</summary>
/// <param name="Terms">In order, distinct.</param>
/// <param name="Pairs">Neighbours such as "sign up", of which at most one is a small word.</param>
internal sealed record QuestionTerms(IReadOnlyList<string> Terms, IReadOnlyList<(string, string)> Pairs)
{
    private static readonly string[] ChineseSmallPhrases =
    [
        "是什么意思", "什么意思", "能不能", "有没有", "是不是", "会不会", "可不可以", "为什么", "怎么样", "怎么办", "请问", "怎么", "怎样", "如何", "为何", "什么",
        "哪些", "哪里", "哪个", "哪儿", "哪种", "多少", "可以", "能否", "是否", "应该", "需要", "我们", "你们", "告诉", "一下", "时候", "之后", "以后",
        "我", "你", "您", "吗", "呢", "吧", "啊", "的", "了", "请",
    ];

    /// <summary>Characters that are grammar more often than content; a pair with one counts only if the passages have it too.</summary>
    private static readonly SearchValues<char> GrammarCharacters = SearchValues.Create("后前时会能要把被让给对这那个有做用在和与或是到从还也都就");

    public static QuestionTerms Of(string question)
    {
        foreach (var phrase in ChineseSmallPhrases)
            question = question.Replace(phrase, " ", StringComparison.Ordinal);
        var terms = new List<string>();
        var pairs = new List<(string, string)>();
        string? previous = null;
        foreach (var token in Extractive.Terms.Tokens(question))
        {
            if (Extractive.Terms.IsWide(token[0]))
            {
                terms.AddRange(WidePairs(token));
                previous = null;
                continue;
            }
            var stem = Stemming.Stem(token);
            if (!QuestionWords.IsSmall(stem))
                terms.Add(stem);
            if (previous is not null && !(QuestionWords.IsSmall(previous) && QuestionWords.IsSmall(stem)))
                pairs.Add((previous, stem));
            previous = stem;
        }
        return new QuestionTerms([.. terms.Distinct(StringComparer.Ordinal)], [.. pairs.Distinct()]);
    }

    public static bool IsGrammar(string term) => Extractive.Terms.IsWide(term[0]) && term.AsSpan().ContainsAny(GrammarCharacters);

    private static IEnumerable<string> WidePairs(string run) =>
        run.Length == 1
            ? IsGrammar(run) ? [] : [run]
            : Enumerable.Range(0, run.Length - 1).Select(index => run.Substring(index, 2));
}
