using Dapper;
using Evenkeel.Accounts;
using Evenkeel.Platform.Data;
using Evenkeel.Platform.Errors;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Evenkeel.Knowledge.Sources;

/// <summary>
/// <c>DELETE …/sources/{source_id}</c> with all its documents: gone from answers at once, whatever runs for it is interrupted, and
/// <see cref="Ingestion.RemoveDeleted"/> removes it from storage.
/// </summary>
internal sealed class DeleteSource(Database database, KnowledgeVersions versions)
{
    public static async Task<Results<NoContent, ErrorResult>> HandleAsync(
        [AsParameters] SourceRoute route, Caller caller, DeleteSource delete, CancellationToken cancellationToken) =>
        await delete.RunAsync(caller.OrganizationId, route, cancellationToken) ? TypedResults.NoContent() : (ErrorResult)Error.NotFound;

    private async Task<bool> RunAsync(Guid organizationId, SourceRoute route, CancellationToken cancellationToken)
    {
        await using var transaction = await database.BeginAsync(DataScope.Organization(organizationId), cancellationToken);
        // A crawl locks its own job before those of the pages it writes; taken the other way round, the two would wait for each other.
        await transaction.Connection.ExecuteAsync(new CommandDefinition(
            "SELECT id FROM knowledge_jobs WHERE source_id = @SourceId AND document_id IS NULL ORDER BY id FOR UPDATE",
            route,
            transaction.Transaction,
            cancellationToken: cancellationToken));
        var deleted = await transaction.Connection.ExecuteScalarAsync<Guid?>(new CommandDefinition(
            """
            WITH jobs AS (DELETE FROM knowledge_jobs WHERE source_id = @SourceId)
            UPDATE knowledge_sources SET deleted_at = now(), next_fetch_at = NULL
            WHERE id = @SourceId AND chatbot_id = @Id AND deleted_at IS NULL RETURNING id
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
