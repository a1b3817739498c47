using Dapper;
using Evenkeel.Accounts;
using Evenkeel.Contracts.Errors;
using Evenkeel.Contracts.Knowledge;
using Evenkeel.Knowledge.Jobs;
using Evenkeel.Knowledge.Sources;
using Evenkeel.Platform.Data;
using Evenkeel.Platform.Errors;
using Evenkeel.Platform.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Evenkeel.Knowledge.Documents;

/// <summary>
/// <c>POST …/documents/{document_id}/retry</c> reads a document that failed or was cancelled again; <c>POST …/sources/{source_id}/retry</c> all
/// that failed. What is there is read; nothing has to be sent again.
/// </summary>
internal sealed class RetryDocuments(Database database, QueueJobs queue, WaitForDocuments wait, KnowledgeVersions versions)
{
    // A content that was too large was not kept: there is nothing to read again.
    private const string Queue =
        """
        UPDATE knowledge_documents AS document SET status = 'queued', reason_code = NULL, stage = NULL, done = 0, total = 0, attempt = 0, updated_at = now()
        WHERE status IN ('failed', 'cancelled') AND coalesce(pending_content_id, content_id) IS NOT NULL
        """;

    public static async Task<Results<Ok<KnowledgeDocument>, ErrorResult>> OneAsync(
        [AsParameters] DocumentRoute route, Caller caller, RetryDocuments retry, HttpContext http, CancellationToken cancellationToken)
    {
        var target = new JobSubject(caller.OrganizationId, route.Id, route.SourceId, route.DocumentId);
        var queued = await retry.RunAsync(target, $"{Queue} AND {DocumentRow.IsThere} RETURNING id", route, cancellationToken);
        var rows = await retry.ReadAsync(route, caller, queued, http, cancellationToken);
        return rows is null ? (ErrorResult)Error.NotFound
            : queued.Count == 0 && rows.Status is DocumentStatus.Failed or DocumentStatus.Cancelled ? (ErrorResult)new Error(ErrorCode.Conflict)
            : TypedResults.Ok(rows.ToWire(RequestLanguage.Of(http)));
    }

    public static async Task<Results<Ok<RetriedDocuments>, ErrorResult>> AllAsync(
        [AsParameters] SourceRoute route, Caller caller, RetryDocuments retry, Database database, CancellationToken cancellationToken)
    {
        if (await SourceRow.LoadAsync(database, caller.OrganizationId, route, cancellationToken) is null)
        {
            return (ErrorResult)Error.NotFound;
        }

        var target = new JobSubject(caller.OrganizationId, route.Id, route.SourceId, null);
        var queued = await retry.RunAsync(
            target, $"{Queue} AND status = 'failed' AND source_id = @SourceId AND deleted_at IS NULL RETURNING id", route, cancellationToken);
        return TypedResults.Ok(new RetriedDocuments(queued.Count));
    }

    private async Task<IReadOnlyList<Guid>> RunAsync(JobSubject target, string update, object args, CancellationToken cancellationToken)
    {
        await using var transaction = await database.BeginAsync(DataScope.Organization(target.OrganizationId), cancellationToken);
        var ids = (await transaction.Connection.QueryAsync<Guid>(new CommandDefinition(
            update, args, transaction.Transaction, cancellationToken: cancellationToken))).AsList();
        await queue.InTransactionAsync(transaction, JobLane.Read, ids.ConvertAll(id => target with { DocumentId = id }), cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        queue.Committed();
        return ids;
    }

    private async Task<DocumentRow?> ReadAsync(
        DocumentRoute route, Caller caller, IReadOnlyList<Guid> queued, HttpContext http, CancellationToken cancellationToken)
    {
        if (queued.Count > 0)
        {
            await wait.ForAsync(caller.OrganizationId, queued, http.Request, cancellationToken);
            versions.Doubt(route.Id);
        }

        return await database.QueryFirstOrDefaultAsync<DocumentRow>(
            DataScope.Organization(caller.OrganizationId),
            $"SELECT {DocumentRow.Columns} FROM knowledge_documents AS document WHERE {DocumentRow.IsThere}",
            route,
            cancellationToken);
    }
}
