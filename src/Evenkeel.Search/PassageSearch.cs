using Evenkeel.Knowledge.Terms;
using Evenkeel.Search.Lexical;

namespace Evenkeel.Search;

internal sealed class PassageSearch(TermNormalizer normalizer, PassageIndexes indexes) : IPassageSearch
{
    private const int MostHits = 100;

    /// <summary>A whole page pasted as a question is searched by its beginning: more words only blur it.</summary>
    private const int MostTerms = 512;

    public async Task<PassageSearchResult> SearchAsync(PassageQuery query, CancellationToken cancellationToken)
    {
        var terms = await normalizer.NormalizeAsync(query.Text, cancellationToken);
        terms = terms.Count > MostTerms ? [.. terms.Take(MostTerms)] : terms;
        var index = await indexes.CurrentAsync(query.OrganizationId, query.ChatbotId, cancellationToken);
        var answer = index.Find(terms, TextLanguage.Of(query.Text), Math.Clamp(query.Limit, 1, MostHits));
        return new PassageSearchResult
        {
            Hits = [.. answer.Best.Select((hit, place) => Hit(index.Passages[hit.Place], hit.Score, place + 1))],
            Candidates = answer.Candidates,
            IndexedPassages = index.Passages.Count,
            Terms = terms,
        };
    }

    private static PassageHit Hit(StoredPassage passage, double score, int rank) => new()
    {
        PassageId = passage.Id,
        DocumentId = passage.DocumentId,
        Title = passage.Title,
        HeadingPath = passage.HeadingPath,
        Text = passage.Text,
        Language = passage.Language,
        Score = score,
        Rank = rank,
    };
}
