using Evenkeel.Accounts;
using Evenkeel.Contracts.Knowledge;
using Evenkeel.Knowledge.Ingestion;
using Evenkeel.Knowledge.Sources;
using Evenkeel.Platform.Data;
using Evenkeel.Platform.Errors;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Evenkeel.Knowledge.Documents;

/// <summary><c>POST …/sources/{source_id}/documents</c>: uploaded or pasted, all of them or none.</summary>
internal sealed class AddDocuments(Database database, DocumentPreparation preparation, StoreDocuments store, KnowledgeVersions versions)
{
    public static async Task<Results<Ok<UploadedDocuments>, ErrorResult>> HandleAsync(
        [AsParameters] SourceRoute route, HttpRequest request, Caller caller, AddDocuments add, CancellationToken cancellationToken)
    {
        if (!(await DocumentUpload.ReadAsync(request, cancellationToken)).TryGet(out var documents, out var error))
        {
            return (ErrorResult)error;
        }

        var target = new StoreTarget(caller.OrganizationId, route.Id, route.SourceId);
        return (await add.RunAsync(target, documents, cancellationToken)).TryGet(out var stored, out error)
            ? TypedResults.Ok(stored)
            : (ErrorResult)error;
    }

    private async Task<Result<UploadedDocuments>> RunAsync(
        StoreTarget target, IReadOnlyList<DocumentText> documents, CancellationToken cancellationToken)
    {
        var prepared = await preparation.PrepareAsync(documents, cancellationToken);
        if (prepared.Any(document => document.Passages.Count == 0))
        {
            return Error.Invalid([.. prepared.Where(document => document.Passages.Count == 0).Select(Empty)]);
        }

        await using var transaction = await database.BeginAsync(DataScope.Organization(target.OrganizationId), cancellationToken);
        if (!await SourceLock.TakeInTransactionAsync(transaction, target.ChatbotId, target.SourceId, cancellationToken))
        {
            return Error.NotFound;
        }

        var (version, stored) = await store.InTransactionAsync(transaction, target, prepared, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        if (version > 0)
        {
            versions.Committed(target.OrganizationId, target.ChatbotId, version);
        }

        return new UploadedDocuments(stored);
    }

    private static FieldProblem Empty(PreparedDocument document) =>
        new("files", $"{document.Source.FileName}: There is no text in it.", $"{document.Source.FileName}：其中没有文本。");
}
