using System.Globalization;
using System.Net;
using Evenkeel.Search.Catalogue.Indexing;
using Microsoft.Extensions.Options;

namespace Evenkeel.Search.Catalogue.Elasticsearch;

/// <summary>
/// Keeps an index for each organization, so that tenants stay apart and the rarity of a word is that among one's own events. It is reached by an alias; one
/// made anew has the next number, and the alias goes over to it when it is whole.
/// </summary>
internal sealed class ElasticsearchIndex(ElasticsearchClient client, IndexStates states, ReadForIndex read, IOptions<EventBackendOptions> options)
{
    /// <summary>Events in one request: some hundred kilobytes.</summary>
    internal const int Batch = 500;

    private const string Name = EventBackendOptions.ElasticsearchName;

    private static readonly EventChanges Changes = new("elasticsearch_changes");

    public string Alias(Guid organizationId) => $"{options.Value.Elasticsearch.Index}-{organizationId:N}";

    public async Task<int> ApplyChangesAsync(Guid organizationId, CancellationToken cancellationToken)
    {
        await using var transaction = await states.LockAsync(organizationId, Name, isWaiting: false, cancellationToken);
        if (transaction is null
            || await Changes.NextInTransactionAsync(transaction, organizationId, Batch, cancellationToken) is not { } taken
            || await IndexStates.ReadUnderLockAsync(transaction, organizationId, Name, cancellationToken) is not { } state)
        {
            return 0;
        }

        var events = await read.ReadAsync(organizationId, taken.EventIds, cancellationToken);
        foreach (var generation in Living(state))
        {
            await client.BulkAsync($"{IndexName(organizationId, generation)}/_bulk?refresh=true", BulkLines.Of(taken.EventIds, events), cancellationToken);
        }

        await Changes.ForgetInTransactionAsync(transaction, organizationId, taken, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return taken.EventIds.Length;
    }

    public async Task<RebuildState> StartRebuildAsync(Guid organizationId, CancellationToken cancellationToken)
    {
        await states.StartAsync(organizationId, Name, cancellationToken);
        return await RebuildStateAsync(organizationId, cancellationToken);
    }

    public async Task<bool> ContinueRebuildAsync(Guid organizationId, CancellationToken cancellationToken)
    {
        await using var transaction = await states.LockAsync(organizationId, Name, isWaiting: false, cancellationToken);
        if (transaction is null || (await IndexStates.ReadUnderLockAsync(transaction, organizationId, Name, cancellationToken)) is not { Building: { } building } state)
        {
            return false;
        }

        var index = IndexName(organizationId, building);
        if (state.BuiltTo is null)
        {
            await CreateAsync(index, cancellationToken);
        }

        var events = await read.ReadAfterAsync(organizationId, state.BuiltTo ?? Guid.Empty, Batch, cancellationToken);
        if (events.Count > 0)
        {
            await client.BulkAsync($"{index}/_bulk", BulkLines.Of([], events), cancellationToken);
            await IndexStates.NoteInTransactionAsync(transaction, organizationId, Name, events[^1].Id, events.Count, cancellationToken);
        }
        else
        {
            await SwitchAsync(organizationId, index, cancellationToken);
            await states.SwitchInTransactionAsync(transaction, organizationId, Name, cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
        return events.Count > 0;
    }

    public Task<RebuildState> RebuildStateAsync(Guid organizationId, CancellationToken cancellationToken) =>
        states.RebuildStateAsync(organizationId, Name, cancellationToken);

    /// <summary>The one searched, if there is one, and the one being made, if it is there.</summary>
    private static IEnumerable<int> Living(IndexState state)
    {
        if (state.Generation > 0)
        {
            yield return state.Generation;
        }

        if (state is { Building: { } building, BuiltTo: not null })
        {
            yield return building;
        }
    }

    private string IndexName(Guid organizationId, int generation) => string.Create(CultureInfo.InvariantCulture, $"{Alias(organizationId)}-{generation}");

    /// <summary>What a crash has left of it is removed first.</summary>
    private async Task CreateAsync(string index, CancellationToken cancellationToken)
    {
        await client.SendAsync(HttpMethod.Delete, index, null, [HttpStatusCode.NotFound], cancellationToken);
        await client.SendAsync(HttpMethod.Put, index, EventMapping.Create(), [], cancellationToken);
    }

    /// <summary>In one step; what was searched before is removed afterwards.</summary>
    private async Task SwitchAsync(Guid organizationId, string index, CancellationToken cancellationToken)
    {
        var alias = Alias(organizationId);
        await client.SendAsync(HttpMethod.Post, $"{index}/_refresh", null, [], cancellationToken);
        var holders = await client.SendAsync(HttpMethod.Get, $"_alias/{alias}", null, [HttpStatusCode.NotFound], cancellationToken);
        var former = holders is { } known ? known.EnumerateObject().Select(holder => holder.Name).Where(name => name != index).ToList() : [];
        List<object> actions = [.. former.Select(name => Clause.One("remove", new AliasAction(name, alias))), Clause.One("add", new AliasAction(index, alias))];
        await client.SendAsync(HttpMethod.Post, "_aliases", Clause.One("actions", actions), [], cancellationToken);
        foreach (var name in former)
        {
            await client.SendAsync(HttpMethod.Delete, name, null, [HttpStatusCode.NotFound], cancellationToken);
        }
    }

    private sealed record AliasAction(string Index, string Alias);
}
