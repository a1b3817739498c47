using Dapper;
using Evenkeel.Knowledge.Jobs;
using Evenkeel.Platform.Background;
using Evenkeel.Platform.Data;
using Microsoft.Extensions.Logging;

namespace Evenkeel.Knowledge.Fetching;

/// <summary>Queues the web sources whose time has come. Any number of processes may: a source is taken with the lock on its row.</summary>
internal sealed partial class ScheduleFetches(Database database, QueueJobs queue, TimeProvider time, ILogger<ScheduleFetches> logger)
    : BackgroundLoop(time, logger, TimeSpan.FromSeconds(30))
{
    private const int MostPerRun = 100;

    // The end of the fetch says when the next one is. One that is under way already says it too.
    private const string Take =
        """
        WITH due AS (
            SELECT id FROM knowledge_sources AS source
            WHERE next_fetch_at <= @now AND deleted_at IS NULL
                AND NOT EXISTS (SELECT FROM knowledge_jobs WHERE source_id = source.id AND lane = 'fetch' AND document_id IS NULL)
            ORDER BY next_fetch_at LIMIT @MostPerRun FOR UPDATE SKIP LOCKED
        )
        UPDATE knowledge_sources SET next_fetch_at = NULL FROM due WHERE knowledge_sources.id = due.id
        RETURNING knowledge_sources.organization_id, knowledge_sources.chatbot_id, knowledge_sources.id AS source_id
        """;

    private bool _hasTidied;

    /// <inheritdoc/>
    protected override async Task<bool> RunOnceAsync(CancellationToken cancellationToken)
    {
        if (!_hasTidied)
        {
            SaveBody.RemoveLeftBehind(Time.GetUtcNow());
            _hasTidied = true;
        }

        await using var transaction = await database.BeginAsync(DataScope.System, cancellationToken);
        var due = (await transaction.Connection.QueryAsync<Due>(new CommandDefinition(
            Take, new { now = Time.GetUtcNow(), MostPerRun }, transaction.Transaction, cancellationToken: cancellationToken))).AsList();
        if (due.Count == 0)
        {
            return false;
        }

        await queue.InTransactionAsync(
            transaction, JobLane.Fetch, due.ConvertAll(source => new JobSubject(source.OrganizationId, source.ChatbotId, source.SourceId, null)), cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        queue.Committed();
        Log.Queued(logger, due.Count);
        return due.Count == MostPerRun;
    }

    private sealed record Due
    {
        public Guid OrganizationId { get; init; }
        public Guid ChatbotId { get; init; }
        public Guid SourceId { get; init; }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Debug, Message = "Queued {Sources} web sources to be fetched again")]
        public static partial void Queued(ILogger logger, int sources);
    }
}
