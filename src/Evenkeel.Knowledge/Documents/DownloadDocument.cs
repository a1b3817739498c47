using Evenkeel.Accounts;
using Evenkeel.Knowledge.Contents;
using Evenkeel.Knowledge.Sources;
using Evenkeel.Platform.Data;
using Evenkeel.Platform.Errors;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Evenkeel.Knowledge.Documents;

/// <summary><c>GET …/documents/{document_id}/content</c>: the document as it came in; always as a download, never shown by the browser.</summary>
internal static class DownloadDocument
{
    public static async Task<Results<PushStreamHttpResult, ErrorResult>> HandleAsync(
        [AsParameters] DocumentRoute route, Caller caller, Database database, ContentStore contents, HttpContext http, CancellationToken cancellationToken)
    {
        var found = await database.QueryFirstOrDefaultAsync<Row>(
            DataScope.Organization(caller.OrganizationId),
            $"""
            SELECT coalesce(pending_content_id, content_id) AS content_id, file_name
            FROM knowledge_documents AS document WHERE {DocumentRow.IsThere} AND coalesce(pending_content_id, content_id) IS NOT NULL
            """,
            route,
            cancellationToken);
        if (found is null)
        {
            return (ErrorResult)Error.NotFound;
        }

        // A page somebody else wrote must not run as one of ours.
        http.Response.Headers.XContentTypeOptions = "nosniff";
        http.Response.Headers.ContentSecurityPolicy = "sandbox; default-src 'none'";
        return TypedResults.Stream(
            target => contents.CopyToAsync(caller.OrganizationId, found.ContentId, target, http.RequestAborted), "application/octet-stream", found.FileName);
    }

    private sealed record Row
    {
        public Guid ContentId { get; init; }
        public string FileName { get; init; } = "";
    }
}
