using Evenkeel.Models;
using Evenkeel.Platform.Data;
using Evenkeel.Search.Catalogue.Elasticsearch;
using Evenkeel.Search.Catalogue.Indexing;
using Microsoft.Extensions.Options;

namespace Evenkeel.Search.Catalogue.Postgres;

/// <summary>Keeps <c>event_index</c> in step with the catalogue.</summary>
internal sealed class PostgresEventIndex(
    IndexStates states, ReadForIndex read, WriteIndexedEvents write, IEmbeddings embeddings, IOptions<EventBackendOptions> options)
{
    /// <summary>Events in one transaction: some hundred milliseconds, for which a search that has to see a change may wait.</summary>
    internal const int Batch = 500;

    private const string Name = EventBackendOptions.PostgreSql;

    private static readonly EventChanges Changes = new("catalogue_changes");

    /// <param name="organizationId">Whose.</param>
    /// <param name="isWaiting">Waits for another process that is at it; otherwise leaves it to that.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>Changes taken in, by whomever waited for.</returns>
    public async Task<int> ApplyChangesAsync(Guid organizationId, bool isWaiting, CancellationToken cancellationToken)
    {
        await using var transaction = await states.LockAsync(organizationId, Name, isWaiting, cancellationToken);
        if (transaction is null)
        {
            return 0;
        }

        var taken = await Changes.NextInTransactionAsync(transaction, organizationId, Batch, cancellationToken);
        if (taken is null)
        {
            // Somebody else took them in while this waited: they are to be seen now.
            return isWaiting ? 1 : 0;
        }

        // All changes of events are announced since there are events: who has no index yet needs none but what the changes tell.
        await IndexStates.ExecuteAsync(
            transaction, "INSERT INTO event_indexes (organization_id, backend, generation, format) VALUES (@organizationId, @Name, 0, @Format) ON CONFLICT DO NOTHING",
            new { organizationId, Name, EventTerms.Format }, cancellationToken);
        var state = (await IndexStates.ReadUnderLockAsync(transaction, organizationId, Name, cancellationToken))!;
        var events = await read.ReadAsync(organizationId, taken.EventIds, cancellationToken);
        await write.ReplaceInTransactionAsync(
            transaction, organizationId, state.Building is { } building ? [state.Generation, building] : [state.Generation], taken.EventIds, events, cancellationToken);
        await Changes.ForgetInTransactionAsync(transaction, organizationId, taken, cancellationToken);
        await HandOnInTransactionAsync(transaction, organizationId, taken, cancellationToken);
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

        var events = await read.ReadAfterAsync(organizationId, state.BuiltTo ?? Guid.Empty, Batch, cancellationToken);
        if (events.Count > 0)
        {
            await write.ReplaceInTransactionAsync(transaction, organizationId, [building], [.. events.Select(found => found.Id)], events, cancellationToken);
            await IndexStates.NoteInTransactionAsync(transaction, organizationId, Name, events[^1].Id, events.Count, cancellationToken);
        }
        else
        {
            await states.SwitchInTransactionAsync(transaction, organizationId, Name, cancellationToken);
            await IndexStates.ExecuteAsync(
                transaction, "DELETE FROM event_index WHERE organization_id = @organizationId AND generation <> @building", new { organizationId, building }, cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
        return events.Count > 0;
    }

    public Task<RebuildState> RebuildStateAsync(Guid organizationId, CancellationToken cancellationToken) =>
        states.RebuildStateAsync(organizationId, Name, cancellationToken);

    /// <summary>What else keeps something of each event has an outbox of its own, and goes at its own pace.</summary>
    private async Task HandOnInTransactionAsync(ScopedTransaction transaction, Guid organizationId, TakenChanges taken, CancellationToken cancellationToken)
    {
        string?[] outboxes = [options.Value.IsElasticsearch ? "elasticsearch_changes" : null, embeddings.IsConfigured ? "event_vector_changes" : null];
        foreach (var outbox in outboxes.OfType<string>())
        {
            await IndexStates.ExecuteAsync(
                transaction,
                $"""
                INSERT INTO {outbox} (event_id, organization_id) SELECT id, @organizationId FROM unnest(@EventIds) AS id
                ON CONFLICT (event_id) DO UPDATE SET number = DEFAULT
                """,
                new { organizationId, taken.EventIds },
                cancellationToken);
        }
    }
}
