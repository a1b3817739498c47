using Evenkeel.Accounts;
using Evenkeel.Contracts.Operations;
using Evenkeel.Platform.Data;
using Evenkeel.Platform.Identifiers;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace Evenkeel.Chat.Operations;

/// <summary><c>GET /api/v1/admin/queue</c>: the organization's turns that wait and run, and for operators the workers.</summary>
internal sealed class ReadQueue(Database database, TimeProvider time, IOptions<ChatOptions> options)
{
    public static async Task<Ok<QueueStatus>> HandleAsync(Caller caller, ReadQueue queue, IOperators operators, CancellationToken cancellationToken)
    {
        var status = await queue.StatusAsync(caller.OrganizationId, cancellationToken);
        return TypedResults.Ok(await operators.IncludeAsync(caller, cancellationToken) ? status with { Workers = await queue.WorkersAsync(cancellationToken) } : status);
    }

    /// <summary>All workers of the installation that have said anything within a day, the newest sign of life first.</summary>
    public async Task<IReadOnlyList<WorkerStatus>> WorkersAsync(CancellationToken cancellationToken) =>
        await database.QueryAsync<WorkerStatus>(
            DataScope.System,
            """
            SELECT w.id, w.started_at, w.seen_at,
                   (SELECT count(*)::int FROM turns t WHERE t.status = 'running' AND t.worker_id = w.id) AS running_turns,
                   w.seen_at > now() - make_interval(secs => @lease) AS is_alive
            FROM workers w WHERE w.seen_at > now() - interval '1 day' ORDER BY w.seen_at DESC LIMIT 200
            """,
            new { lease = (double)options.Value.LeaseSeconds },
            cancellationToken);

    private async Task<QueueStatus> StatusAsync(Guid organizationId, CancellationToken cancellationToken) =>
        (await database.QueryFirstOrDefaultAsync<QueueStatus>(
            DataScope.Organization(organizationId),
            """
            SELECT (SELECT count(*)::int FROM turns WHERE status = 'queued') AS queued,
                   (SELECT count(*)::int FROM turns WHERE status = 'running') AS running,
                   greatest(0, coalesce((SELECT extract(epoch FROM now() - min(queued_at)) FROM turns WHERE status = 'queued'), 0))::float8 AS oldest_queued_seconds,
                   (SELECT count(*)::int FROM turns WHERE organization_id = @organizationId AND status = 'failed' AND ended_at > now() - interval '1 hour'
                                                      AND id > @since) AS failed_last_hour,
                   (SELECT count(*)::int FROM turns WHERE status = 'running' AND attempt > 1) AS retried
            """,
            // A turn of which the end may lie within the hour was made within a day.
            new { organizationId, since = IdSource.Smallest(time.GetUtcNow().AddDays(-1)) },
            cancellationToken))!;
}
