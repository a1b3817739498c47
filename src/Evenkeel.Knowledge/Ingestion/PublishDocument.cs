using Dapper;
using Evenkeel.Knowledge.Jobs;
using Evenkeel.Platform.Data;

namespace Evenkeel.Knowledge.Ingestion;

/// <summary>A document's new revision, all of whose passages are stored.</summary>
internal sealed record NewRevision
{
    public required Guid DocumentId { get; init; }

    /// <summary>The content it was read from.</summary>
    public required Guid ContentId { get; init; }
    public required int Revision { get; init; }
    public required string Title { get; init; }
    public required string Language { get; init; }
    public required int? Pages { get; init; }
    public required int Passages { get; init; }
}

/// <summary>Lets a new revision take over: from one moment to the next answers are made from it, as a whole, and from nothing of the old one.</summary>
internal sealed class PublishDocument(IEnumerable<IAfterPublication> after, KnowledgeVersions versions, TimeProvider time)
{
    /// <summary>Publishes and ends the job.</summary>
    public async Task RunAsync(JobContext context, NewRevision revision, CancellationToken cancellationToken)
    {
        var job = context.Job;
        await using var transaction = await context.BeginAsync(cancellationToken);
        await transaction.Connection.ExecuteAsync(new CommandDefinition(
            """
            UPDATE knowledge_documents SET status = 'ready', reason_code = NULL, stage = NULL, done = @Passages, total = @Passages, revision = @Revision,
                title = @Title, language = @Language, pages = @Pages, passage_count = @Passages, content_id = @ContentId, pending_content_id = NULL,
                content_hash = (SELECT hash FROM knowledge_contents WHERE id = @ContentId), embedding_model = NULL, embedded_passages = 0,
                updated_at = @now
            WHERE id = @DocumentId
            """,
            new
            {
                revision.DocumentId, revision.ContentId, revision.Revision, revision.Title, revision.Language, revision.Pages, revision.Passages,
                now = time.GetUtcNow(),
            },
            transaction.Transaction,
            cancellationToken: cancellationToken));
        var version = await KnowledgeVersions.BumpInTransactionAsync(transaction, job.OrganizationId, job.ChatbotId, cancellationToken);
        await context.EndInTransactionAsync(transaction, cancellationToken);
        foreach (var next in after)
        {
            await next.InTransactionAsync(transaction, new JobSubject(job.OrganizationId, job.ChatbotId, job.SourceId, revision.DocumentId), cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
        versions.Committed(job.OrganizationId, job.ChatbotId, version);
    }
}

/// <summary>What has to happen with a document that was published, such as making vectors of it.</summary>
internal interface IAfterPublication
{
    /// <summary>Queues what is to be done.</summary>
    Task InTransactionAsync(ScopedTransaction transaction, JobSubject document, CancellationToken cancellationToken);
}
