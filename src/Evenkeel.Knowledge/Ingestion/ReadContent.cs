using Dapper;
using Evenkeel.Knowledge.Contents;
using Evenkeel.Knowledge.Jobs;
using Evenkeel.Knowledge.Reading;
using Evenkeel.Knowledge.Terms;
using Evenkeel.Platform.Data;

namespace Evenkeel.Knowledge.Ingestion;

/// <summary>
/// The lane <c>read</c>: content → passages → words → storage, under a revision nobody sees until it is whole. A crash at any point leaves the
/// document as it was; the next try removes what the last one left.
/// </summary>
internal sealed class ReadContent(
    Database database, ContentStore contents, IDocumentReader reader, PassageAnalyzer analyzer, StorePassages store, PublishDocument publish)
    : IJobHandler
{
    /// <summary>Passages analyzed and stored together: enough to keep round trips few, few enough that no transaction is long.</summary>
    private const int BatchSize = 200;

    public string Lane => JobLane.Read;

    public async Task RunAsync(JobContext context, CancellationToken cancellationToken)
    {
        var job = context.Job;
        if (await LoadAsync(job, cancellationToken) is not { ContentId: { } contentId } document)
        {
            // Deleted or cancelled in the moment of the claim.
            throw new JobLostException();
        }

        await context.ReportAsync("reading", 0, 0, cancellationToken);
        var read = await ReadAsync(job, document, contentId, cancellationToken);
        var revision = document.Revision + 1;
        await RemoveLeftoversAsync(context, revision, cancellationToken);
        var language = await StoreAsync(context, revision, read, cancellationToken);
        await publish.RunAsync(
            context,
            new NewRevision
            {
                DocumentId = document.Id,
                ContentId = contentId,
                Revision = revision,
                Title = read.Title,
                Language = language,
                Pages = read.Pages,
                Passages = read.Passages.Count,
            },
            cancellationToken);
        await RemoveReplacedAsync(job, document.Id, revision, cancellationToken);
    }

    public Task FailInTransactionAsync(JobContext context, ScopedTransaction transaction, string reasonCode, CancellationToken cancellationToken) =>
        transaction.Connection.ExecuteAsync(new CommandDefinition(
            "UPDATE knowledge_documents SET status = 'failed', reason_code = @reasonCode, stage = NULL, updated_at = now() WHERE id = @DocumentId",
            new { reasonCode, context.Job.DocumentId },
            transaction.Transaction,
            cancellationToken: cancellationToken));

    private Task<Row?> LoadAsync(Job job, CancellationToken cancellationToken) => database.QueryFirstOrDefaultAsync<Row>(
        DataScope.Organization(job.OrganizationId),
        """
        SELECT document.id, file_name, given_title, url, revision, document.bytes, content.id AS content_id, content.media_type
        FROM knowledge_documents AS document LEFT JOIN knowledge_contents AS content ON content.id = coalesce(pending_content_id, content_id)
        WHERE document.id = @DocumentId AND deleted_at IS NULL
        """,
        new { job.DocumentId },
        cancellationToken);

    private async Task<ReadDocument> ReadAsync(Job job, Row document, Guid contentId, CancellationToken cancellationToken)
    {
        await using var file = await ContentFile.CreateAsync(contents, job.OrganizationId, contentId, cancellationToken)
            ?? throw new JobFailedException(KnowledgeReasons.Empty);
        try
        {
            return await reader.ReadAsync(
                new DocumentFile(document.FileName, document.MediaType, file.Path, document.Bytes) { Title = document.GivenTitle, Url = document.Url },
                cancellationToken);
        }
        catch (ReadFailedException failure)
        {
            throw new JobFailedException(failure.ReasonCode, failure);
        }
    }

    /// <returns>The language of the document.</returns>
    private async Task<string> StoreAsync(JobContext context, int revision, ReadDocument read, CancellationToken cancellationToken)
    {
        var target = new StoreTarget(context.Job.OrganizationId, context.Job.ChatbotId, context.Job.SourceId);
        var all = new List<AnalyzedPassage>(read.Passages.Count);
        foreach (var chunk in read.Passages.Chunk(BatchSize))
        {
            var analyzed = await analyzer.AnalyzeAsync(read.Title, chunk, cancellationToken);
            var rows = chunk.Select((passage, index) =>
                (context.Job.DocumentId!.Value, revision, all.Count + index, new PreparedPassage(passage, analyzed[index]))).ToList();
            await using var transaction = await context.BeginAsync(cancellationToken);
            await store.InTransactionAsync(transaction, target, rows, cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            all.AddRange(analyzed);
            await context.ReportAsync("storing", all.Count, read.Passages.Count, cancellationToken);
        }

        return PassageAnalyzer.DocumentLanguage(all);
    }

    private static async Task RemoveLeftoversAsync(JobContext context, int revision, CancellationToken cancellationToken)
    {
        await using var transaction = await context.BeginAsync(cancellationToken);
        await transaction.Connection.ExecuteAsync(new CommandDefinition(
            "DELETE FROM knowledge_passages WHERE document_id = @DocumentId AND revision >= @revision",
            new { context.Job.DocumentId, revision },
            transaction.Transaction,
            cancellationToken: cancellationToken));
        await transaction.CommitAsync(cancellationToken);
    }

    /// <summary>Nobody sees them any more; a crash before this leaves them to <see cref="RemoveDeleted"/>.</summary>
    private Task RemoveReplacedAsync(Job job, Guid documentId, int revision, CancellationToken cancellationToken) => database.ExecuteAsync(
        DataScope.Organization(job.OrganizationId),
        "DELETE FROM knowledge_passages WHERE document_id = @documentId AND revision < @revision",
        new { documentId, revision },
        cancellationToken);

    private sealed record Row
    {
        public Guid Id { get; init; }
        public string FileName { get; init; } = "";
        public string? GivenTitle { get; init; }
        public string? Url { get; init; }
        public string? MediaType { get; init; }
        public int Revision { get; init; }
        public long Bytes { get; init; }
        public Guid? ContentId { get; init; }
    }
}
