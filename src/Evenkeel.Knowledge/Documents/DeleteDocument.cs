using Dapper;
using Evenkeel.Accounts;
using Evenkeel.Knowledge.Sources;
using Evenkeel.Platform.Data;
using Evenkeel.Platform.Errors;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Evenkeel.Knowledge.Documents;

/// <summary><c>DELETE …/documents/{document_id}</c>: gone from answers at once; citations of old answers keep their snippet.</summary>
internal sealed class DeleteDocument(Database database, KnowledgeVersions versions)
{
    public static async Task<Results<NoContent, ErrorResult>> HandleAsync(
        [AsParameters] DocumentRoute route, Caller caller, DeleteDocument delete, CancellationToken cancellationToken) =>
        await delete.RunAsync(caller.OrganizationId, route, cancellationToken) ? TypedResults.NoContent() : (ErrorResult)Error.NotFound;

    private async Task<bool> RunAsync(Guid organizationId, DocumentRoute route, CancellationToken cancellationToken)
    {
        await using var transaction = await database.BeginAsync(DataScope.Organization(organizationId), cancellationToken);
        var deleted = await transaction.Connection.ExecuteAsync(new CommandDefinition(
            "DELETE FROM knowledge_documents WHERE id = @DocumentId AND source_id = @SourceId AND chatbot_id = @Id",
            route,
            transaction.Transaction,
            cancellationToken: cancellationToken));
        if (deleted == 0)
        {
            return false;
        }

        var version = await KnowledgeVersions.BumpInTransactionAsync(transaction, organizationId, route.Id, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        versions.Committed(organizationId, route.Id, version);
        return true;
    }
}
