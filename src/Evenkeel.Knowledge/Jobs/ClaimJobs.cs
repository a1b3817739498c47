using Evenkeel.Platform.Data;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Evenkeel.Knowledge.Jobs;

/// <summary>
/// Takes a waiting job of a lane: of the tenant of which the fewest run, tenants with equally many in rotation, within a tenant the oldest. So
/// a tenant that uploads a thousand documents delays another one's single document by one document at most.
/// </summary>
internal sealed class ClaimJobs(Database database, IOptions<KnowledgeJobOptions> options)
{
    // "tenants" hops through the index from one organization to the next: a long queue of one tenant costs no more than a short one.
    private const string Claim =
        """
        WITH RECURSIVE tenants AS (
            (SELECT organization_id FROM knowledge_jobs WHERE status = 'queued' AND lane = $1 ORDER BY organization_id LIMIT 1)
            UNION ALL
            SELECT (SELECT organization_id FROM knowledge_jobs WHERE status = 'queued' AND lane = $1 AND organization_id > tenants.organization_id
                    ORDER BY organization_id LIMIT 1)
            FROM tenants WHERE tenants.organization_id IS NOT NULL
        ), busy AS (
            SELECT organization_id, count(*) AS running FROM knowledge_jobs WHERE status = 'running' AND lane = $1 GROUP BY organization_id
        ), candidate AS (
            SELECT waiting.id
            FROM tenants LEFT JOIN busy USING (organization_id)
            CROSS JOIN LATERAL (
                SELECT id FROM knowledge_jobs
                WHERE status = 'queued' AND lane = $1 AND organization_id = tenants.organization_id AND run_after <= now()
                ORDER BY run_after, id LIMIT 1
            ) waiting
            ORDER BY coalesce(busy.running, 0), tenants.organization_id <= $4, tenants.organization_id
            LIMIT 1
        ), locked AS (
            SELECT id FROM knowledge_jobs WHERE id = (SELECT id FROM candidate) AND status = 'queued' FOR UPDATE SKIP LOCKED
        )
        UPDATE knowledge_jobs SET status = 'running', attempt = attempt + 1, worker_id = $2, lease_until = now() + make_interval(secs => $3)
        FROM locked WHERE knowledge_jobs.id = locked.id
        RETURNING knowledge_jobs.id, organization_id, chatbot_id, source_id, document_id, lane, attempt, losses
        """;

    private Guid _servedLast;

    /// <summary>One job for <paramref name="workerId"/>, or null when none waits.</summary>
    public async Task<Job?> RunAsync(string lane, Guid workerId, CancellationToken cancellationToken)
    {
        await using var batch = database.CreateBatch(DataScope.System).Add(
            Claim, Sql.Value(lane), Sql.Value(workerId), Sql.Value(options.Value.LeaseSeconds), Sql.Value(_servedLast));
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        if (!await reader.ReadAsync(cancellationToken))
        {
            return null;
        }

        var job = Read(reader);
        _servedLast = job.OrganizationId;
        return job;
    }

    private static Job Read(NpgsqlDataReader reader) => new()
    {
        Id = reader.GetGuid(0),
        OrganizationId = reader.GetGuid(1),
        ChatbotId = reader.GetGuid(2),
        SourceId = reader.GetGuid(3),
        DocumentId = reader.IsDBNull(4) ? null : reader.GetGuid(4),
        Lane = reader.GetString(5),
        Attempt = reader.GetInt32(6),
        Losses = reader.GetInt32(7),
    };
}
