using Evenkeel.Accounts;
using Evenkeel.Contracts.Catalogue;
using Evenkeel.Search.Catalogue.Elasticsearch;
using Evenkeel.Search.Catalogue.Indexing;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Http;

namespace Evenkeel.Search.Catalogue;

/// <summary><c>POST /api/v1/search/rebuild</c> and <c>GET /api/v1/search/rebuild</c>.</summary>
internal static class RebuildIndex
{
    public static async Task<Accepted<SearchRebuild>> HandleAsync(
        Caller caller, EventBackends backends, IndexStates states, IndexEvents loop, CancellationToken cancellationToken)
    {
        foreach (var backend in backends.Kept)
        {
            await backend.StartRebuildAsync(caller.OrganizationId, cancellationToken);
        }

        loop.Wake();
        return TypedResults.Accepted((string?)null, await StateAsync(caller.OrganizationId, backends, states, cancellationToken));
    }

    public static async Task<Ok<SearchRebuild>> ReadAsync(
        Caller caller, EventBackends backends, IndexStates states, CancellationToken cancellationToken) =>
        TypedResults.Ok(await StateAsync(caller.OrganizationId, backends, states, cancellationToken));

    /// <summary>Of all backends together.</summary>
    private static async Task<SearchRebuild> StateAsync(Guid organizationId, EventBackends backends, IndexStates indexes, CancellationToken cancellationToken)
    {
        var states = new List<RebuildState>();
        foreach (var backend in backends.Kept)
        {
            states.Add(await backend.RebuildStateAsync(organizationId, cancellationToken));
        }

        var isRunning = states.Exists(state => state.IsRunning);
        return new SearchRebuild
        {
            Backend = backends.UsesElasticsearch ? EventBackendOptions.ElasticsearchName : EventBackendOptions.PostgreSql,
            Waiting = await indexes.WaitingAsync(organizationId, cancellationToken),
            Status = isRunning ? "running" : states.Exists(state => state.StartedAt is not null) ? "done" : "none",
            Done = states.Min(state => state.Done),
            Total = states.Max(state => state.Total),
            StartedAt = states.Max(state => state.StartedAt),
            FinishedAt = isRunning ? null : states.Max(state => state.FinishedAt),
        };
    }
}
