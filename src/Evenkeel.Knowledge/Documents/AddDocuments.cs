using Evenkeel.Accounts;
using Evenkeel.Contracts.Errors;
using Evenkeel.Contracts.Knowledge;
using Evenkeel.Knowledge.Contents;
using Evenkeel.Knowledge.Ingestion;
using Evenkeel.Knowledge.Jobs;
using Evenkeel.Knowledge.Sources;
using Evenkeel.Platform.Data;
using Evenkeel.Platform.Errors;
using Evenkeel.Platform.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace Evenkeel.Knowledge.Documents;

/// <summary>
/// <c>POST …/sources/{source_id}/documents</c>: files or pasted text become documents that are queued to be read. What is in them cannot
/// fail the request; with <c>Prefer: wait=30</c> the answer waits to say what became of them.
/// </summary>
internal sealed class AddDocuments(
    Database database, ContentStore contents, StoreUploads store, QueueJobs queue, WaitForDocuments wait,
    KnowledgeVersions versions, IOptions<KnowledgeOptions> options)
{
    public static async Task<Results<Ok<UploadedDocuments>, ErrorResult>> HandleAsync(
        [AsParameters] SourceRoute route, HttpRequest request, Caller caller, AddDocuments add, CancellationToken cancellationToken)
    {
        var target = new StoreTarget(caller.OrganizationId, route.Id, route.SourceId);
        return (await add.RunAsync(target, request, cancellationToken)).TryGet(out var stored, out var error)
            ? TypedResults.Ok(stored)
            : (ErrorResult)error;
    }

    private async Task<Result<UploadedDocuments>> RunAsync(StoreTarget target, HttpRequest request, CancellationToken cancellationToken)
    {
        // Before a long upload, not after it.
        if (await CheckSourceAsync(target, cancellationToken) is { } refusal)
        {
            return refusal;
        }

        var upload = await DocumentUpload.ReadAsync(
            request,
            (content, mediaType) => contents.SaveAsync(target.OrganizationId, content, mediaType, options.Value.MostFileBytes, cancellationToken),
            cancellationToken);
        if (!upload.TryGet(out var files, out var error))
        {
            return error;
        }

        IReadOnlyList<StoredUpload> stored;
        await using (var transaction = await database.BeginAsync(DataScope.Organization(target.OrganizationId), cancellationToken))
        {
            if (!await SourceLock.TakeInTransactionAsync(transaction, target.ChatbotId, target.SourceId, cancellationToken))
            {
                return Error.NotFound;
            }

            stored = await store.InTransactionAsync(transaction, target, files, cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }

        queue.Committed();
        var language = RequestLanguage.Of(request.HttpContext);
        var rows = await wait.ForAsync(target.OrganizationId, [.. stored.Select(upload => upload.DocumentId)], request, cancellationToken);
        // Whoever was told that a document is ready finds it.
        versions.Doubt(target.ChatbotId);
        return new UploadedDocuments([.. stored.Select(upload => new UploadedDocument
        {
            Document = rows[upload.DocumentId].ToWire(language), Outcome = upload.Outcome,
        })]);
    }

    private async Task<Error?> CheckSourceAsync(StoreTarget target, CancellationToken cancellationToken) =>
        await SourceRow.LoadAsync(database, target.OrganizationId, new SourceRoute { Id = target.ChatbotId, SourceId = target.SourceId }, cancellationToken) switch
        {
            null => Error.NotFound,
            { Kind: SourceKind.Web } => new Error(ErrorCode.Conflict),
            _ => null,
        };
}
