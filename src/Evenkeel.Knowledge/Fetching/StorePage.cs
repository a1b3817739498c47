using Evenkeel.Knowledge.Contents;
using Evenkeel.Knowledge.Documents;
using Evenkeel.Knowledge.Ingestion;
using Evenkeel.Knowledge.Jobs;

namespace Evenkeel.Knowledge.Fetching;

/// <summary>
/// Writes what became of a page: one transaction for each, in which the job is certainly still ours. Its row's lock is what keeps two writers of
/// a web source apart: nobody else adds documents to one.
/// </summary>
internal sealed class StorePage(ContentStore contents, StoreUploads uploads, PageDocuments documents, QueueJobs queue, KnowledgeVersions versions)
{
    public Task RunAsync(JobContext context, KnownDocuments known, CrawlFinding finding, CancellationToken cancellationToken) => finding switch
    {
        FoundPage { Page: var page } when known.Of(finding.Address) is { Hash: { } hash } same && hash.AsSpan().SequenceEqual(page.Hash) =>
            SameAsync(context, same.Id, page, cancellationToken),
        FoundPage found => FoundAsync(context, known.Of(found.Address), found, cancellationToken),
        UnchangedPage => SameAsync(context, known.Of(finding.Address)!.Id, null, cancellationToken),
        FailedPage failed => FailedAsync(context, known.Of(failed.Address), failed, cancellationToken),
        _ => GoneAsync(context, known.Of(finding.Address)!.Id, cancellationToken),
    };

    private async Task FoundAsync(JobContext context, PageDocument? before, FoundPage found, CancellationToken cancellationToken)
    {
        var (job, page) = (context.Job, found.Page);
        var name = PageFileName.Of(found.Address, PageType.ExtensionOf(page.MediaType, page.Address)!);
        StoredContent content;
        await using (var file = File.OpenRead(page.Path!))
        {
            content = await contents.SaveAsync(job.OrganizationId, file, page.MediaType, page.Bytes, cancellationToken);
        }

        if (before is not null && before.FileName != name)
        {
            // Its kind changed, and with it its name: how a document is read goes by that.
            await GoneAsync(context, before.Id, cancellationToken);
        }

        await using var transaction = await context.BeginAsync(cancellationToken);
        var target = new StoreTarget(job.OrganizationId, job.ChatbotId, job.SourceId);
        var stored = await uploads.InTransactionAsync(transaction, target, [new UploadedFile(name, null, content)], cancellationToken);
        await documents.NoteInTransactionAsync(transaction, stored[0].DocumentId, found.Address, page, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        queue.Committed();
    }

    private async Task SameAsync(JobContext context, Guid documentId, FetchedPage? page, CancellationToken cancellationToken)
    {
        await using var transaction = await context.BeginAsync(cancellationToken);
        await documents.NoteSameInTransactionAsync(transaction, documentId, page, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    private async Task FailedAsync(JobContext context, PageDocument? before, FailedPage failed, CancellationToken cancellationToken)
    {
        await using var transaction = await context.BeginAsync(cancellationToken);
        await (before is null
            ? documents.AddFailedInTransactionAsync(transaction, context.Job, failed, cancellationToken)
            : documents.NoteFailedInTransactionAsync(transaction, before.Id, failed.ReasonCode, cancellationToken));
        await transaction.CommitAsync(cancellationToken);
    }

    private async Task GoneAsync(JobContext context, Guid documentId, CancellationToken cancellationToken)
    {
        var job = context.Job;
        await using var transaction = await context.BeginAsync(cancellationToken);
        await documents.DeleteInTransactionAsync(transaction, documentId, cancellationToken);
        var version = await KnowledgeVersions.BumpInTransactionAsync(transaction, job.OrganizationId, job.ChatbotId, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        versions.Committed(job.OrganizationId, job.ChatbotId, version);
    }
}
