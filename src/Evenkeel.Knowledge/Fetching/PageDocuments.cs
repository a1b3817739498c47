using Dapper;
using Evenkeel.Knowledge.Jobs;
using Evenkeel.Platform.Data;
using Evenkeel.Platform.Identifiers;

namespace Evenkeel.Knowledge.Fetching;

/// <summary>The statements about documents that are pages.</summary>
internal sealed class PageDocuments(IdSource ids, TimeProvider time)
{
    /// <summary>What its server says of the page's version goes with the content that was stored in the same transaction.</summary>
    public Task NoteInTransactionAsync(ScopedTransaction transaction, Guid id, Uri address, FetchedPage page, CancellationToken cancellationToken) => RunAsync(
        transaction,
        "UPDATE knowledge_documents SET url = @url, etag = @ETag, last_modified = @LastModified, fetched_at = @now WHERE id = @id",
        new { id, url = address.AbsoluteUri, page.ETag, page.LastModified, now = time.GetUtcNow() },
        cancellationToken);

    /// <summary>
    /// The content is the one there is. A document that failed because it could not be fetched is ready again; one that waits for its content to be
    /// read, or whose content could not be read, stays so.
    /// </summary>
    public Task NoteSameInTransactionAsync(ScopedTransaction transaction, Guid id, FetchedPage? page, CancellationToken cancellationToken) => RunAsync(
        transaction,
        $"""
        {JobLockOf};
        UPDATE knowledge_documents SET fetched_at = @now, etag = coalesce(@ETag, etag), last_modified = coalesce(@LastModified, last_modified),
            status = CASE WHEN {IsFailedFetch} THEN 'ready' ELSE status END, reason_code = CASE WHEN {IsFailedFetch} THEN NULL ELSE reason_code END
        WHERE id = @id
        """,
        new { id, page?.ETag, page?.LastModified, now = time.GetUtcNow() },
        cancellationToken);

    /// <summary>It is said why it could not be fetched; what it has goes on answering.</summary>
    public Task NoteFailedInTransactionAsync(ScopedTransaction transaction, Guid id, string reasonCode, CancellationToken cancellationToken) => RunAsync(
        transaction,
        $"""
        {JobLockOf};
        UPDATE knowledge_documents SET status = 'failed', reason_code = @reasonCode, stage = NULL, updated_at = @now
        WHERE id = @id AND status IN ('ready', 'failed') AND pending_content_id IS NULL
        """,
        new { id, reasonCode, now = time.GetUtcNow() },
        cancellationToken);

    /// <summary>A page that never came is a document that says why.</summary>
    public Task AddFailedInTransactionAsync(ScopedTransaction transaction, Job job, FailedPage failed, CancellationToken cancellationToken)
    {
        var extension = PageType.IsDocument(failed.Address) ? Path.GetExtension(failed.Address.AbsolutePath).ToLowerInvariant() : PageType.Html;
        var name = PageFileName.Of(failed.Address, extension);
        return RunAsync(
            transaction,
            """
            INSERT INTO knowledge_documents (id, organization_id, chatbot_id, source_id, title, file_name, language, status, reason_code, bytes, passage_count,
                revision, url, created_at, updated_at)
            VALUES (@id, @OrganizationId, @ChatbotId, @SourceId, @title, @name, 'und', 'failed', @ReasonCode, 0, 0, 0, @url, @now, @now)
            ON CONFLICT (source_id, file_name) WHERE deleted_at IS NULL DO NOTHING
            """,
            new
            {
                id = ids.Next(), job.OrganizationId, job.ChatbotId, job.SourceId, title = Path.GetFileNameWithoutExtension(name), name,
                failed.ReasonCode, url = failed.Address.AbsoluteUri, now = time.GetUtcNow(),
            },
            cancellationToken);
    }

    /// <summary>Gone from answers; the caller raises the version. <see cref="Ingestion.RemoveDeleted"/> removes it from storage.</summary>
    public Task DeleteInTransactionAsync(ScopedTransaction transaction, Guid id, CancellationToken cancellationToken) => RunAsync(
        transaction,
        "DELETE FROM knowledge_jobs WHERE document_id = @id; UPDATE knowledge_documents SET deleted_at = @now WHERE id = @id AND deleted_at IS NULL",
        new { id, now = time.GetUtcNow() },
        cancellationToken);

    // Jobs before documents, as everywhere (JobLock).
    private const string JobLockOf = "SELECT id FROM knowledge_jobs WHERE document_id = @id FOR UPDATE";

    private const string IsFailedFetch = "status = 'failed' AND pending_content_id IS NULL AND revision > 0";

    private static Task RunAsync(ScopedTransaction transaction, string sql, object args, CancellationToken cancellationToken) =>
        transaction.Connection.ExecuteAsync(new CommandDefinition(sql, args, transaction.Transaction, cancellationToken: cancellationToken));
}
