using Evenkeel.Accounts;
using Evenkeel.Contracts.Knowledge;
using Evenkeel.Knowledge.Jobs;
using Evenkeel.Knowledge.Sources;
using Evenkeel.Platform.Data;
using Evenkeel.Platform.Errors;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Evenkeel.Knowledge.Documents;

/// <summary>
/// <c>POST …/documents/{document_id}/cancel</c>: the document is not read, or not read further. Where it has an older content, that goes on
/// answering and the document is ready; its new content waits for a retry no longer.
/// </summary>
internal static class CancelDocument
{
    public static async Task<Results<Ok<KnowledgeDocument>, ErrorResult>> HandleAsync(
        [AsParameters] DocumentRoute route, Caller caller, Database database, FinishedDocuments finished, HttpContext http, CancellationToken cancellationToken)
    {
        // Whoever reads it finds its job gone, at the next write or within a second, and writes nothing more.
        await database.ExecuteAsync(
            DataScope.Organization(caller.OrganizationId),
            $"""
            {JobLock.Sql};
            WITH cancelled AS (
                UPDATE knowledge_documents AS document SET stage = NULL, reason_code = NULL, updated_at = now(),
                    status = CASE WHEN revision > 0 THEN 'ready' ELSE 'cancelled' END,
                    pending_content_id = CASE WHEN revision > 0 THEN NULL ELSE pending_content_id END
                WHERE status IN ('queued', 'processing') AND {DocumentRow.IsThere} RETURNING id
            )
            DELETE FROM knowledge_jobs USING cancelled WHERE document_id = cancelled.id
            """,
            route,
            cancellationToken);
        finished.Look(route.DocumentId);
        return await ReadDocuments.GetAsync(route, caller, database, http, cancellationToken);
    }
}
