using Evenkeel.Platform.Background;
using Evenkeel.Platform.Data;
using Evenkeel.Search.Catalogue.Elasticsearch;
using Microsoft.Extensions.Logging;

namespace Evenkeel.Search.Catalogue.Indexing;

/// <summary>
/// Keeps the indexes in step with the catalogue: takes in changes, and makes anew what a manager asked for or another format needs. Any number of processes
/// may run it; each organization is served by one at a time.
/// </summary>
internal sealed partial class IndexEvents(Database database, EventBackends backends, TimeProvider time, ILogger<IndexEvents> logger)
    : BackgroundLoop(time, logger, TimeSpan.FromMilliseconds(500))
{
    private const int MostOrganizations = 20;

    private bool _hasForgotten;

    /// <inheritdoc/>
    protected override async Task<bool> RunOnceAsync(CancellationToken cancellationToken)
    {
        var isMore = false;
        foreach (var work in await WaitingAsync(cancellationToken))
        {
            isMore |= await ServeAsync(work, cancellationToken);
        }

        return isMore;
    }

    private async Task<bool> ServeAsync(Work work, CancellationToken cancellationToken)
    {
        var applied = 0;
        var isBuilding = false;
        foreach (var backend in backends.Kept)
        {
            if (work.Outdated.Contains(backend.Name))
            {
                await backend.StartRebuildAsync(work.OrganizationId, cancellationToken);
            }

            try
            {
                applied += await backend.ApplyChangesAsync(work.OrganizationId, cancellationToken);
                isBuilding |= await backend.ContinueRebuildAsync(work.OrganizationId, cancellationToken);
            }
            catch (ElasticsearchException exception)
            {
                // The others' indexes go on, and this one when it is back: nothing is forgotten until it is taken in.
                if (!exception.IsRefusedByBreaker)
                {
                    Log.WriteFailed(logger, exception.Status);
                }
            }
        }

        if (applied > 0)
        {
            Log.Applied(logger, applied, work.OrganizationId);
        }

        return applied > 0 || isBuilding;
    }

    /// <summary>Organizations with something to do. What Elasticsearch was told is forgotten where it is not used any more: it misses changes from then on.</summary>
    private async Task<IReadOnlyList<Work>> WaitingAsync(CancellationToken cancellationToken)
    {
        if (!backends.UsesElasticsearch && !_hasForgotten)
        {
            await database.ExecuteAsync(DataScope.System, "DELETE FROM event_indexes WHERE backend = 'elasticsearch'; DELETE FROM elasticsearch_changes", null, cancellationToken);
            _hasForgotten = true;
        }

        return await database.QueryAsync<Work>(
            DataScope.System,
            """
            SELECT organization_id, coalesce(array_agg(outdated) FILTER (WHERE outdated IS NOT NULL), '{}') AS outdated FROM (
                (SELECT DISTINCT organization_id, NULL AS outdated FROM (SELECT organization_id FROM catalogue_changes ORDER BY number LIMIT 5000) AS changes)
                UNION ALL
                (SELECT DISTINCT organization_id, NULL FROM (SELECT organization_id FROM elasticsearch_changes ORDER BY number LIMIT 5000) AS changes)
                UNION ALL
                (SELECT organization_id, CASE WHEN building IS NULL THEN backend END FROM event_indexes WHERE building IS NOT NULL OR format <> @Format)
                UNION ALL
                (SELECT organization_id, 'elasticsearch' FROM event_indexes AS known WHERE @UsesElasticsearch AND backend = 'postgresql' AND NOT EXISTS (
                    SELECT FROM event_indexes AS other WHERE other.organization_id = known.organization_id AND other.backend = 'elasticsearch'))
            ) AS work
            GROUP BY organization_id ORDER BY random() LIMIT @MostOrganizations
            """,
            new { EventTerms.Format, MostOrganizations, backends.UsesElasticsearch },
            cancellationToken);
    }

    private sealed record Work
    {
        public required Guid OrganizationId { get; init; }

        /// <summary>Backends whose index was made by another version of the program, or is missing, and is not being made yet.</summary>
        public required string[] Outdated { get; init; }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Debug, Message = "{Count} changes of events of {OrganizationId} were indexed")]
        public static partial void Applied(ILogger logger, int count, Guid organizationId);

        [LoggerMessage(Level = LogLevel.Warning, EventName = "elasticsearch_write_failed", Message = "Elasticsearch did not take changes of events ({Status}); they wait")]
        public static partial void WriteFailed(ILogger logger, int status);
    }
}
