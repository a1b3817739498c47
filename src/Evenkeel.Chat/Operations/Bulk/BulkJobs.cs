using Evenkeel.Accounts;
using Evenkeel.Contracts.Chats;
using Evenkeel.Contracts.Operations;
using Evenkeel.Platform.Data;
using Evenkeel.Platform.Errors;
using Evenkeel.Platform.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Evenkeel.Chat.Operations.Bulk;

/// <summary>How bulk operations stand, and their end before they are through.</summary>
internal static class BulkJobs
{
    /// <summary><c>GET /api/v1/admin/bulk</c>.</summary>
    public static async Task<Results<Ok<Page<BulkJob>>, ErrorResult>> ListAsync(
        [AsParameters] PageRequest page, Caller caller, Database database, CancellationToken cancellationToken)
    {
        if (!page.Read().TryGet(out var start, out var error))
        {
            return new ErrorResult(error);
        }

        var rows = await database.QueryAsync<BulkJobRow>(
            DataScope.Organization(caller.OrganizationId),
            $"""
            SELECT {BulkJobRow.Columns} FROM bulk_jobs
            WHERE organization_id = @OrganizationId AND (@before::uuid IS NULL OR id < @before) ORDER BY id DESC LIMIT @most
            """,
            new { caller.OrganizationId, before = start.After == Guid.Empty ? (Guid?)null : start.After, most = start.Limit + 1 },
            cancellationToken);
        BulkJob[] items = [.. rows.Take(start.Limit).Select(row => row.ToJob())];
        return TypedResults.Ok(new Page<BulkJob>(items, rows.Count > start.Limit ? items[^1].Id.ToString() : null));
    }

    /// <summary><c>GET /api/v1/admin/bulk/{id}</c>.</summary>
    public static async Task<Results<Ok<BulkJob>, ErrorResult>> ReadAsync(Guid id, Caller caller, Database database, CancellationToken cancellationToken) =>
        await FindAsync(id, caller, database, cancellationToken) is { } job ? TypedResults.Ok(job) : new ErrorResult(Error.NotFound);

    /// <summary><c>DELETE /api/v1/admin/bulk/{id}</c>: a job that has ended stays as it is.</summary>
    public static async Task<Results<Ok<BulkJob>, ErrorResult>> CancelAsync(
        Guid id, Caller caller, Database database, TimeProvider time, CancellationToken cancellationToken)
    {
        await database.ExecuteAsync(
            DataScope.Organization(caller.OrganizationId),
            "UPDATE bulk_jobs SET status = 'cancelled', ended_at = @now WHERE id = @id AND status IN ('queued', 'running')",
            new { id, now = time.GetUtcNow() },
            cancellationToken);
        return await ReadAsync(id, caller, database, cancellationToken);
    }

    private static async Task<BulkJob?> FindAsync(Guid id, Caller caller, Database database, CancellationToken cancellationToken) =>
        (await database.QueryFirstOrDefaultAsync<BulkJobRow>(
            DataScope.Organization(caller.OrganizationId), $"SELECT {BulkJobRow.Columns} FROM bulk_jobs WHERE id = @id", new { id }, cancellationToken))?.ToJob();
}
