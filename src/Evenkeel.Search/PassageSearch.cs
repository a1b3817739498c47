using Evenkeel.Contracts.Chatbots;
using Evenkeel.Knowledge.Privacy;
using Evenkeel.Knowledge.Terms;
using Evenkeel.Search.Lexical;
using Evenkeel.Search.Pipeline;
using Microsoft.Extensions.Options;

namespace Evenkeel.Search;

/// <summary>The parts of a search, in the order of their work.</summary>
internal sealed record SearchSteps(
    QuestionAnalyzer Analyzer, FindCandidates Find, ReadCandidates Read, RerankCandidates Rerank, ComposeContext Compose, WriteTrace Trace);

internal sealed class PassageSearch(SearchSteps steps, PassageIndexes indexes, IOptions<SearchOptions> options, TimeProvider time) : IPassageSearch
{
    private const int MostHits = FindCandidates.Pool;

    /// <summary>Texts read beyond those wanted where nothing needs all: some are found to be gone or to say the same again. More only when these do not suffice.</summary>
    private const int SpareTexts = 4;

    private static readonly MaskingPolicy DefaultMasking = MaskingPolicy.Of(new ChatbotSettings());

    public async Task<PassageSearchResult> SearchAsync(PassageQuery query, CancellationToken cancellationToken)
    {
        query = query with { Limit = Math.Clamp(query.Limit, 1, MostHits) };
        var policy = query.Masking ?? DefaultMasking;
        var question = await steps.Analyzer.AnalyzeAsync(query.Text, cancellationToken);
        var index = await indexes.CurrentAsync(query.OrganizationId, query.ChatbotId, cancellationToken);
        var (retrieval, chosen) = await RetrieveAsync(query, question, index, policy, cancellationToken);
        if (retrieval.Candidates.Any(candidate => candidate.Fate == Fate.Deleted))
        {
            // A document was replaced a moment ago, perhaps by another process: its new passages are to be found, not nothing.
            var renewed = await indexes.RenewedAsync(query.OrganizationId, query.ChatbotId, cancellationToken);
            (retrieval, chosen) = renewed.Version == index.Version
                ? (retrieval, chosen)
                : await RetrieveAsync(query, question, renewed, policy, cancellationToken);
        }

        IReadOnlyList<PassageHit> hits = [], context = [];
        retrieval.Step("compose", () =>
        {
            (hits, context) = steps.Compose.Run(chosen, query.ContextTokens, policy);
            return context.Count;
        });
        foreach (var rest in retrieval.Alive.ToList())
        {
            rest.End(Fate.BeyondLimit);
        }

        return new PassageSearchResult
        {
            Hits = hits,
            Context = context,
            Candidates = retrieval.LexicalAnswer?.Candidates ?? 0,
            IndexedPassages = retrieval.Index.Count,
            Trace = await steps.Trace.WriteAsync(retrieval, context, policy, cancellationToken),
            IsDegraded = retrieval.Warnings.Exists(warning => warning is FindCandidates.EmbeddingsFailed or RerankCandidates.RerankFailed),
        };
    }

    private async Task<(Retrieval Retrieval, IReadOnlyList<Candidate> Chosen)> RetrieveAsync(
        PassageQuery query, AnalyzedQuestion question, PassageIndex index, MaskingPolicy policy, CancellationToken cancellationToken)
    {
        var retrieval = new Retrieval(query, question, index, time);
        await steps.Find.RunAsync(retrieval, cancellationToken);
        return (retrieval, await ChooseAsync(retrieval, policy, cancellationToken));
    }

    /// <summary>Reads texts and filters, as many as it takes to have enough that may be used.</summary>
    private async Task<IReadOnlyList<Candidate>> ChooseAsync(Retrieval retrieval, MaskingPolicy policy, CancellationToken cancellationToken)
    {
        var query = retrieval.Query;
        var readsAll = query.Explain || steps.Rerank.IsConfigured;
        var atOnce = readsAll ? int.MaxValue : query.Limit + SpareTexts;
        List<Candidate> chosen = [];
        if (readsAll)
        {
            await ReadAsync(retrieval, atOnce, cancellationToken);
            await steps.Rerank.RunAsync(retrieval, policy, cancellationToken);
        }

        await retrieval.StepAsync("filter", async () =>
        {
            FilterCandidates.EndUnfit(retrieval.Order, query.LeastScore ?? options.Value.LeastScore, options.Value.LeastSimilarity);
            do
            {
                await ReadAsync(retrieval, atOnce, cancellationToken);
                chosen = FilterCandidates.Run(retrieval);
            }
            while (chosen.Count < query.Limit && retrieval.Order.Any(candidate => candidate is { Fate: null, Stored: null }));
            return chosen.Count;
        });
        return chosen;
    }

    private async Task ReadAsync(Retrieval retrieval, int most, CancellationToken cancellationToken)
    {
        var unread = retrieval.Order.Where(candidate => candidate is { Fate: null, Stored: null }).Take(most);
        // Those dropped already are read only to be shown.
        var wanted = (retrieval.Query.Explain ? retrieval.Candidates.Where(candidate => candidate.Stored is null && candidate.Fate != Fate.Deleted) : unread).ToList();
        if (wanted.Count == 0)
        {
            return;
        }

        var stored = await steps.Read.ReadAsync(
            retrieval.Query.OrganizationId, retrieval.Query.ChatbotId, [.. wanted.Select(candidate => candidate.PassageId)], cancellationToken);
        foreach (var candidate in wanted)
        {
            candidate.Stored = stored.GetValueOrDefault(candidate.PassageId);
        }

        FilterCandidates.EndUnseen(wanted, retrieval.Query.Audience);
    }
}
