using Evenkeel.Knowledge.Contents;
using Evenkeel.Platform.Background;
using Evenkeel.Platform.Data;
using Microsoft.Extensions.Logging;

namespace Evenkeel.Knowledge.Ingestion;

/// <summary>
/// Removes from storage what was deleted or replaced: people stop seeing it at once, the rows go here, a bounded number at a time, so that
/// deleting a source of a million passages holds nobody up.
/// </summary>
internal sealed partial class RemoveDeleted(Database database, TimeProvider time, ILogger<RemoveDeleted> logger)
    : BackgroundLoop(time, logger, TimeSpan.FromSeconds(2))
{
    private const int MostRows = 5_000;
    private static readonly TimeSpan LookForLeftoversEvery = TimeSpan.FromMinutes(10);

    // Each part is empty unless something was deleted. Passages first: a document goes when it has none left.
    private const string Remove =
        """
        WITH gone AS MATERIALIZED (
            SELECT id FROM knowledge_documents WHERE deleted_at IS NOT NULL
            UNION
            SELECT document.id FROM knowledge_documents AS document JOIN knowledge_sources AS source ON source.id = source_id WHERE source.deleted_at IS NOT NULL
        ), passages AS (
            DELETE FROM knowledge_passages WHERE id IN (SELECT id FROM knowledge_passages WHERE document_id IN (SELECT id FROM gone) LIMIT @MostRows)
            RETURNING 1
        ), documents AS (
            DELETE FROM knowledge_documents WHERE id IN (SELECT id FROM gone)
                AND NOT EXISTS (SELECT FROM knowledge_passages WHERE document_id = knowledge_documents.id)
            RETURNING 1
        ), sources AS (
            DELETE FROM knowledge_sources WHERE deleted_at IS NOT NULL
                AND NOT EXISTS (SELECT FROM knowledge_documents WHERE source_id = knowledge_sources.id)
            RETURNING 1
        )
        SELECT (SELECT count(*) FROM passages) AS passages, (SELECT count(*) FROM documents) AS documents, (SELECT count(*) FROM sources) AS sources
        """;

    // Of a revision that was replaced where the process ended in that moment; and contents that no document came to refer to.
    private const string RemoveLeftovers =
        """
        DELETE FROM knowledge_passages USING knowledge_documents AS document
        WHERE document.id = document_id AND knowledge_passages.revision < document.revision;
        DELETE FROM knowledge_contents WHERE created_at < now() - interval '1 hour' AND NOT EXISTS (
            SELECT FROM knowledge_documents WHERE content_id = knowledge_contents.id OR pending_content_id = knowledge_contents.id);
        """;

    private long _lookedForLeftovers;

    /// <inheritdoc/>
    protected override async Task<bool> RunOnceAsync(CancellationToken cancellationToken)
    {
        if (_lookedForLeftovers == 0 || Time.GetElapsedTime(_lookedForLeftovers) >= LookForLeftoversEvery)
        {
            await database.ExecuteAsync(DataScope.System, RemoveLeftovers, null, cancellationToken);
            ContentFile.RemoveLeftBehind(Time.GetUtcNow());
            _lookedForLeftovers = Time.GetTimestamp();
        }

        // Not a SELECT to the database layer, which would repeat it; repeating it does no harm.
        var removed = await database.QueryFirstOrDefaultAsync<Removed>(DataScope.System, Remove, new { MostRows }, cancellationToken);
        if (removed is not { Total: > 0 })
        {
            return false;
        }

        Log.Removed(logger, removed.Passages, removed.Documents, removed.Sources);
        return true;
    }

    private sealed record Removed
    {
        public long Passages { get; init; }
        public long Documents { get; init; }
        public long Sources { get; init; }
        public long Total => Passages + Documents + Sources;
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Debug, Message = "Removed {Passages} passages, {Documents} documents and {Sources} sources that were deleted")]
        public static partial void Removed(ILogger logger, long passages, long documents, long sources);
    }
}
