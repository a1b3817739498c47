using Evenkeel.Knowledge.Jobs;
using Evenkeel.Models;
using Evenkeel.Platform.Background;
using Evenkeel.Platform.Data;
using Microsoft.Extensions.Logging;

namespace Evenkeel.Knowledge.Embedding;

/// <summary>
/// Finds documents without vectors of the present model, because it was changed, because they were copied, or because the endpoint was away, and queues
/// them: a few at a time, and none while the model does not answer. Then, when all have theirs, forgets vectors that nothing needs any more.
/// </summary>
internal sealed partial class ReembedKnowledge(
    Database database, IEmbeddings embeddings, QueueJobs queue, TimeProvider time, ILogger<ReembedKnowledge> logger)
    : BackgroundLoop(time, logger, TimeSpan.FromSeconds(20))
{
    /// <summary>Jobs that wait at the same time: those of documents that somebody uploads now are not to wait behind thousands.</summary>
    private const int MostQueued = 50;

    private const int MostForgotten = 5_000;

    private const string Outdated =
        """
        knowledge_documents AS document JOIN knowledge_sources AS source ON source.id = document.source_id AND source.deleted_at IS NULL
        WHERE document.deleted_at IS NULL AND document.revision > 0 AND document.passage_count > 0
          AND (document.embedding_model IS DISTINCT FROM @space OR document.embedded_passages < document.passage_count)
        """;

    // A day, so that what is deleted and uploaded again, or read again at this moment, is not embedded again.
    private const string Forget =
        """
        DELETE FROM knowledge_vectors WHERE (organization_id, model, text_hash) IN (
            SELECT organization_id, model, text_hash FROM knowledge_vectors AS vector
            WHERE created_at < @before AND (model <> @space OR NOT EXISTS (
                SELECT FROM knowledge_passages AS passage WHERE passage.organization_id = vector.organization_id AND passage.text_hash = vector.text_hash))
            LIMIT @MostForgotten)
        """;

    private static readonly TimeSpan KeptUnused = TimeSpan.FromDays(1);
    private static readonly TimeSpan ForgetEvery = TimeSpan.FromHours(1);

    private long _forgotAt;

    /// <inheritdoc/>
    protected override async Task<bool> RunOnceAsync(CancellationToken cancellationToken)
    {
        if (!embeddings.IsConfigured)
        {
            return false;
        }

        string space;
        try
        {
            space = await embeddings.KnownAsync(cancellationToken);
        }
        catch (ModelException)
        {
            return false; // its breaker and its health check have said so
        }

        var documents = await OutdatedAsync(space, cancellationToken);
        if (documents.Count > 0)
        {
            return await AnswersAsync(cancellationToken) && await QueueAsync(documents, cancellationToken);
        }

        return await ForgetAsync(space, cancellationToken);
    }

    private async Task<IReadOnlyList<JobSubject>> OutdatedAsync(string space, CancellationToken cancellationToken)
    {
        var rows = await database.QueryAsync<Row>(
            DataScope.System,
            $"""
            SELECT document.organization_id, document.chatbot_id, document.source_id, document.id AS document_id FROM {Outdated}
              AND NOT EXISTS (SELECT FROM knowledge_jobs WHERE document_id = document.id)
            ORDER BY document.updated_at DESC
            LIMIT greatest(0, @MostQueued - (SELECT count(*) FROM knowledge_jobs WHERE lane = 'embed'))
            """,
            new { space, MostQueued },
            cancellationToken);
        return [.. rows.Select(row => new JobSubject(row.OrganizationId, row.ChatbotId, row.SourceId, row.DocumentId))];
    }

    /// <summary>Jobs of an endpoint that is away would each be tried, fail, and be queued again.</summary>
    private async Task<bool> AnswersAsync(CancellationToken cancellationToken)
    {
        try
        {
            await embeddings.EmbedDocumentsAsync(["ready"], cancellationToken);
            return true;
        }
        catch (ModelException)
        {
            return false;
        }
    }

    private async Task<bool> QueueAsync(IReadOnlyList<JobSubject> documents, CancellationToken cancellationToken)
    {
        await using var transaction = await database.BeginAsync(DataScope.System, cancellationToken);
        await queue.InTransactionAsync(transaction, JobLane.Embed, documents, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        queue.Committed();
        Log.Queued(logger, documents.Count);
        return false;
    }

    private async Task<bool> ForgetAsync(string space, CancellationToken cancellationToken)
    {
        if (_forgotAt != 0 && Time.GetElapsedTime(_forgotAt) < ForgetEvery)
        {
            return false;
        }

        // Vectors of another model stay until every document has its own of the present one: a setting that was a mistake costs nothing.
        var isPending = await database.QueryFirstOrDefaultAsync<bool>(DataScope.System, $"SELECT EXISTS (SELECT FROM {Outdated})", new { space }, cancellationToken);
        var forgotten = isPending ? 0 : await database.ExecuteAsync(
            DataScope.System, Forget, new { space, MostForgotten, before = Time.GetUtcNow() - KeptUnused }, cancellationToken);
        _forgotAt = forgotten == MostForgotten ? 0 : Time.GetTimestamp();
        return forgotten == MostForgotten;
    }

    private sealed record Row
    {
        public required Guid OrganizationId { get; init; }
        public required Guid ChatbotId { get; init; }
        public required Guid SourceId { get; init; }
        public required Guid DocumentId { get; init; }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "Queued {Documents} documents to get vectors of the present embedding model")]
        public static partial void Queued(ILogger logger, int documents);
    }
}
