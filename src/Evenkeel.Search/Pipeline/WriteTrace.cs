using Evenkeel.Contracts.Knowledge;
using Evenkeel.Knowledge.Privacy;
using Evenkeel.Knowledge.Terms;

namespace Evenkeel.Search.Pipeline;

/// <summary>Tells of a retrieval what people look at.</summary>
internal sealed class WriteTrace(IPersonalDataMasking masking, TermNormalizer normalizer)
{
    private const int MostCandidates = 100;
    private const int SnippetCharacters = 240;

    public async Task<RetrievalTrace> WriteAsync(
        Retrieval retrieval, IReadOnlyList<PassageHit> context, MaskingPolicy policy, CancellationToken cancellationToken) => new()
    {
        Question = retrieval.Query.Text,
        Language = Languages.Code(retrieval.Lexical.Language),
        Terms = [.. retrieval.Question.Terms.Where(IsSearched(retrieval)).Select(term => term.Text).Distinct()],
        ExpandedTerms = retrieval.Query.Explain ? await ExpandedAsync(retrieval, cancellationToken) : [],
        IndexedPassages = retrieval.Index.Count,
        Warnings = retrieval.Warnings,
        Steps = retrieval.Steps,
        Candidates = [.. InOrder(retrieval).Take(MostCandidates).Select(candidate => Wire(candidate, retrieval.Query.Explain ? policy : null))],
        IsAnswerable = context.Count > 0,
        Context = retrieval.Query.Explain ? [.. context.Select((hit, index) => Wire(hit, index + 1))] : [],
    };

    private static Func<QuestionTerm, bool> IsSearched(Retrieval retrieval)
    {
        var stemmer = Languages.Stemmer(retrieval.Lexical.Language);
        return term => term.Under(stemmer) != 0;
    }

    /// <summary>Those used first, in the order of the last step that knew them.</summary>
    private static IOrderedEnumerable<Candidate> InOrder(Retrieval retrieval) => retrieval.Candidates
        .OrderByDescending(candidate => candidate.Fate is Fate.Used or Fate.Merged)
        .ThenBy(candidate => candidate.Reranked?.Rank ?? int.MaxValue)
        .ThenBy(candidate => candidate.Fused?.Rank ?? int.MaxValue)
        .ThenByDescending(candidate => candidate.Coverage);

    /// <summary>An index knows its terms as numbers only: their words are found again in the best passages, where they came from.</summary>
    private async Task<IReadOnlyList<string>> ExpandedAsync(Retrieval retrieval, CancellationToken cancellationToken)
    {
        var wanted = retrieval.LexicalAnswer?.ExpandedTerms ?? [];
        var texts = retrieval.Order.Where(candidate => candidate.Stored is not null).Take(10).ToList();
        if (wanted.Count == 0 || texts.Count == 0)
        {
            return [];
        }

        var words = await normalizer.WordsAsync([.. texts.Select(candidate => (candidate.Stored!.Text, candidate.Stored.Language))], cancellationToken);
        return [.. wanted.Where(words.ContainsKey).Select(term => words[term])];
    }

    /// <param name="candidate">What is told of.</param>
    /// <param name="policy">What is masked in its text; null = no text is told, and none has to be masked for it.</param>
    private RetrievalCandidate Wire(Candidate candidate, MaskingPolicy? policy) => new()
    {
        PassageId = candidate.PassageId,
        DocumentId = candidate.Stored?.DocumentId ?? Guid.Empty,
        SourceId = candidate.Stored?.SourceId ?? Guid.Empty,
        Title = candidate.Stored?.Title ?? "",
        HeadingPath = candidate.Stored?.HeadingPath ?? [],
        Snippet = candidate.Stored is null || policy is null ? "" : Snippet(candidate.Text(masking, policy.Value)),
        Place = candidate.Stored?.Place,
        LexicalRank = candidate.Lexical?.Rank,
        LexicalScore = Rounded(candidate.Lexical?.Score),
        VectorRank = candidate.Vector?.Rank,
        VectorScore = Rounded(candidate.Vector?.Score),
        FusedRank = candidate.Fused?.Rank,
        FusedScore = Rounded(candidate.Fused?.Score),
        RerankRank = candidate.Reranked?.Rank,
        RerankScore = Rounded(candidate.Reranked?.Score),
        Coverage = Math.Round(candidate.Coverage, 4),
        Fate = candidate.Fate ?? Fate.BeyondLimit,
        FateValue = candidate.FateValue,
        Masked = candidate.Masked,
    };

    private static ContextPassage Wire(PassageHit hit, int number) => new()
    {
        Index = number,
        PassageId = hit.PassageId,
        PassageIds = hit.PassageIds,
        DocumentId = hit.DocumentId,
        Title = hit.Title,
        HeadingPath = hit.HeadingPath,
        Text = hit.Text,
        Tokens = hit.Tokens,
    };

    private static double? Rounded(double? value) => value is { } number ? Math.Round(number, 4) : null;

    private static string Snippet(string text) => text.Length <= SnippetCharacters ? text
        : text[..(char.IsHighSurrogate(text[SnippetCharacters - 1]) ? SnippetCharacters - 1 : SnippetCharacters)] + "…";
}
