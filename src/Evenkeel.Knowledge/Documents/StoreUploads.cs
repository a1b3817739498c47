using Dapper;
using Evenkeel.Contracts.Knowledge;
using Evenkeel.Knowledge.Ingestion;
using Evenkeel.Knowledge.Jobs;
using Evenkeel.Platform.Data;
using Evenkeel.Platform.Identifiers;

namespace Evenkeel.Knowledge.Documents;

/// <summary>What became of an uploaded file.</summary>
/// <param name="DocumentId">The document.</param>
/// <param name="Outcome">See <see cref="UploadedDocument.Outcome"/>.</param>
internal sealed record StoredUpload(Guid DocumentId, string Outcome);

/// <summary>
/// Makes documents of stored files and queues them to be read. A name the source has already is the same document with new content, which
/// answers with its old content until the new one is read; content that it has already is not read again.
/// </summary>
internal sealed class StoreUploads(QueueJobs queue, IdSource ids, TimeProvider time)
{
    /// <summary>The caller holds the lock on the source's row, commits, and calls <see cref="QueueJobs.Committed"/>.</summary>
    public async Task<IReadOnlyList<StoredUpload>> InTransactionAsync(
        ScopedTransaction transaction, StoreTarget target, IReadOnlyList<UploadedFile> files, CancellationToken cancellationToken)
    {
        var existing = await FindExistingAsync(transaction, target, files, cancellationToken);
        await LockJobsAsync(transaction, [.. existing.Values.Select(document => document.Id)], cancellationToken);
        var plans = files.Select(file => Plan.Of(file, existing.GetValueOrDefault(file.FileName), ids)).ToList();
        var changed = plans.Where(plan => plan.Outcome != Plan.Unchanged).ToList();
        await UpsertAsync(transaction, target, changed, cancellationToken);
        await ForgetContentsAsync(transaction, [.. plans.Except(changed).Select(plan => plan.File.Content.Id)], cancellationToken);
        await queue.InTransactionAsync(
            transaction,
            JobLane.Read,
            [.. changed.Where(plan => !plan.File.Content.IsTooLarge)
                .Select(plan => new JobSubject(target.OrganizationId, target.ChatbotId, target.SourceId, plan.DocumentId))],
            cancellationToken);
        return plans.ConvertAll(plan => new StoredUpload(plan.DocumentId, plan.Outcome));
    }

    private static async Task<Dictionary<string, ExistingDocument>> FindExistingAsync(
        ScopedTransaction transaction, StoreTarget target, IReadOnlyList<UploadedFile> files, CancellationToken cancellationToken)
    {
        // What it is about to become counts: the same file sent twice in a row is read once.
        var rows = await transaction.Connection.QueryAsync<ExistingDocument>(new CommandDefinition(
            """
            SELECT document.id, file_name, given_title, status, coalesce(pending.hash, document.content_hash) AS hash
            FROM knowledge_documents AS document LEFT JOIN knowledge_contents AS pending ON pending.id = pending_content_id
            WHERE source_id = @SourceId AND file_name = ANY(@names) AND document.deleted_at IS NULL
            """,
            new { target.SourceId, names = files.Select(file => file.FileName).ToArray() },
            transaction.Transaction,
            cancellationToken: cancellationToken));
        return rows.ToDictionary(row => row.FileName, StringComparer.Ordinal);
    }

    private static Task LockJobsAsync(ScopedTransaction transaction, Guid[] documents, CancellationToken cancellationToken) =>
        transaction.Connection.ExecuteAsync(new CommandDefinition(
            JobLock.SqlOfMany, new { documents }, transaction.Transaction, cancellationToken: cancellationToken));

    private Task UpsertAsync(ScopedTransaction transaction, StoreTarget target, IReadOnlyList<Plan> plans, CancellationToken cancellationToken) =>
        transaction.Connection.ExecuteAsync(new CommandDefinition(
            """
            INSERT INTO knowledge_documents AS document (id, organization_id, chatbot_id, source_id, title, given_title, file_name, language, status,
                reason_code, bytes, passage_count, revision, pending_content_id, created_at, updated_at)
            SELECT id, @OrganizationId, @ChatbotId, @SourceId, title, given_title, file_name, 'und', status, reason_code, bytes, 0, 0, content_id, @now, @now
            FROM unnest(@ids, @titles, @givenTitles, @names, @statuses, @reasons, @sizes, @contents)
                AS given (id, title, given_title, file_name, status, reason_code, bytes, content_id)
            ON CONFLICT (source_id, file_name) WHERE deleted_at IS NULL DO UPDATE SET
                given_title = excluded.given_title, status = excluded.status, reason_code = excluded.reason_code, stage = NULL, done = 0, total = 0,
                attempt = 0, bytes = excluded.bytes, pending_content_id = excluded.pending_content_id, updated_at = excluded.updated_at
            """,
            new
            {
                target.OrganizationId,
                target.ChatbotId,
                target.SourceId,
                now = time.GetUtcNow(),
                ids = plans.Select(plan => plan.DocumentId).ToArray(),
                titles = plans.Select(plan => plan.File.GivenTitle ?? Path.GetFileNameWithoutExtension(plan.File.FileName)).ToArray(),
                givenTitles = plans.Select(plan => plan.File.GivenTitle).ToArray(),
                names = plans.Select(plan => plan.File.FileName).ToArray(),
                statuses = plans.Select(plan => plan.File.Content.IsTooLarge ? DocumentStatus.Failed : DocumentStatus.Queued).ToArray(),
                reasons = plans.Select(plan => plan.File.Content.IsTooLarge ? KnowledgeReasons.TooLarge : null).ToArray(),
                sizes = plans.Select(plan => plan.File.Content.Bytes).ToArray(),
                contents = plans.Select(plan => plan.File.Content.IsTooLarge ? (Guid?)null : plan.File.Content.Id).ToArray(),
            },
            transaction.Transaction,
            cancellationToken: cancellationToken));

    private static Task ForgetContentsAsync(ScopedTransaction transaction, Guid[] contents, CancellationToken cancellationToken) =>
        transaction.Connection.ExecuteAsync(new CommandDefinition(
            "DELETE FROM knowledge_contents WHERE id = ANY(@contents)", new { contents }, transaction.Transaction, cancellationToken: cancellationToken));

    private sealed record ExistingDocument
    {
        public Guid Id { get; init; }
        public string FileName { get; init; } = "";
        public string? GivenTitle { get; init; }
        public string Status { get; init; } = "";
        public byte[]? Hash { get; init; }
    }

    private sealed record Plan(Guid DocumentId, string Outcome, UploadedFile File)
    {
        public const string Unchanged = "unchanged";
        private const string Created = "created";
        private const string Replaced = "replaced";

        public static Plan Of(UploadedFile file, ExistingDocument? existing, IdSource ids) => existing switch
        {
            null => new Plan(ids.Next(), Created, file),
            { Status: DocumentStatus.Ready or DocumentStatus.Queued or DocumentStatus.Processing, Hash: { } hash }
                when existing.GivenTitle == file.GivenTitle && !file.Content.IsTooLarge && hash.AsSpan().SequenceEqual(file.Content.Hash) =>
                new Plan(existing.Id, Unchanged, file),
            _ => new Plan(existing.Id, Replaced, file),
        };
    }
}
