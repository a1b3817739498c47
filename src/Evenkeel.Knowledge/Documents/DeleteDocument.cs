using Dapper;
using Evenkeel.Accounts;
using Evenkeel.Knowledge.Sources;
using Evenkeel.Platform.Data;
using Evenkeel.Platform.Errors;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Evenkeel.Knowledge.Documents;

/// <summary>
/// <c>DELETE …/documents/{document_id}</c>: gone from answers at once, also while it is being read; citations of old answers keep their
/// snippet. <see cref="Ingestion.RemoveDeleted"/> removes it from storage.
/// </summary>
internal sealed class DeleteDocument(Database database, KnowledgeVersions versions)
{
    public static async Task<Results<NoContent, ErrorResult>> HandleAsync(
        [AsParameters] DocumentRoute route, Caller caller, DeleteDocument delete, CancellationToken cancellationToken) =>
        await delete.RunAsync(caller.OrganizationId, route, cancellationToken) ? TypedResults.NoContent() : (ErrorResult)Error.NotFound;

    private async Task<bool> RunAsync(Guid organizationId, DocumentRoute route, CancellationToken cancellationToken)
    {
        await using var transaction = await database.BeginAsync(DataScope.Organization(organizationId), cancellationToken);
        var deleted = await transaction.Connection.ExecuteScalarAsync<Guid?>(new CommandDefinition(
            $"""
            DELETE FROM knowledge_jobs WHERE document_id = @DocumentId AND chatbot_id = @Id AND source_id = @SourceId;
            UPDATE knowledge_documents AS document SET deleted_at = now() WHERE {DocumentRow.IsThere} RETURNING id
            """,
            route,
            transaction.Transaction,
            cancellationToken: cancellationToken));
        if (deleted is null)
        {
            return false;
        }

        var version = await KnowledgeVersions.BumpInTransactionAsync(transaction, organizationId, route.Id, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        versions.Committed(organizationId, route.Id, version);
        return true;
    }
}
