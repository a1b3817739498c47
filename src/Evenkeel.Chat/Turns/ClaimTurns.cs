using Evenkeel.Models;
using Evenkeel.Platform.Data;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Evenkeel.Chat.Turns;

/// <summary>
/// Takes waiting turns for this worker in one statement: first for the tenant of which the fewest run here, tenants with equally many in rotation,
/// within a tenant the oldest first, within a conversation strictly in the order sent and one at a time. A claim raises the attempt, which fences off whoever had the turn before.
/// </summary>
internal sealed class ClaimTurns(Database database, IOptions<ChatOptions> options)
{
    // $1 how many, $2 worker, $3 lease seconds, $4 $5 what this worker already runs by organization, $6 most of one organization,
    // $7 the organization served last.
    // "tenants" hops through the index from one organization to the next, so a tenant with a long queue costs no more than a short one.
    private const string Claim =
        """
        WITH RECURSIVE tenants AS (
            (SELECT organization_id FROM turns WHERE status = 'queued' ORDER BY organization_id LIMIT 1)
            UNION ALL
            SELECT (SELECT t.organization_id FROM turns t WHERE t.status = 'queued' AND t.organization_id > tenants.organization_id
                    ORDER BY t.organization_id LIMIT 1)
            FROM tenants WHERE tenants.organization_id IS NOT NULL
        ), candidate AS (
            SELECT turn.id
            FROM tenants
            LEFT JOIN unnest($4::uuid[], $5::int[]) AS busy (organization_id, running) USING (organization_id)
            CROSS JOIN LATERAL (
                SELECT t.id, t.queued_at, row_number() OVER (ORDER BY t.queued_at, t.id) AS place
                FROM turns t
                WHERE t.status = 'queued' AND t.organization_id = tenants.organization_id
                  AND NOT EXISTS (
                      SELECT FROM turns earlier
                      WHERE earlier.conversation_id = t.conversation_id AND earlier.status IN ('queued', 'running')
                        AND (earlier.position, earlier.id) < (t.position, t.id))
                ORDER BY t.queued_at, t.id
                LIMIT greatest(0, least($1, $6 - coalesce(busy.running, 0)))
            ) turn
            WHERE tenants.organization_id IS NOT NULL
            ORDER BY coalesce(busy.running, 0) + turn.place, tenants.organization_id <= $7, tenants.organization_id, turn.queued_at
            LIMIT $1
        ), locked AS (
            SELECT id FROM turns WHERE id IN (SELECT id FROM candidate) AND status = 'queued' FOR UPDATE SKIP LOCKED
        )
        UPDATE turns SET status = 'running', attempt = turns.attempt + 1, worker_id = $2,
                         lease_until = now() + make_interval(secs => $3), started_at = coalesce(turns.started_at, now())
        FROM locked, messages, conversations
        WHERE turns.id = locked.id AND messages.id = turns.message_id AND conversations.id = turns.conversation_id
        RETURNING turns.id, turns.organization_id, turns.conversation_id, turns.chatbot_id, turns.message_id, turns.message_seq, messages.text,
                  turns.replaces, turns.correlation_id, turns.language, turns.attempt, turns.losses, turns.queued_at, turns.stop_requested,
                  turns.forced_error, breaker_failures, breaker_openings,
                  CASE WHEN breaker_open_until > now() AND breaker_probe IS DISTINCT FROM turns.id THEN breaker_open_until - now() END,
                  turns.event_ids, turns.time_zone, turns.started_at, turns.traceparent
        """;

    private Guid _servedLast;

    /// <summary>Claims up to <paramref name="most"/> turns for <paramref name="workerId"/>.</summary>
    public async Task<IReadOnlyList<Turn>> RunAsync(
        Guid workerId, int most, IReadOnlyDictionary<Guid, int> runningByOrganization, CancellationToken cancellationToken)
    {
        await using var batch = database.CreateBatch(DataScope.System);
        batch.Add(
            Claim,
            Sql.Value(most), Sql.Value(workerId), Sql.Value((double)options.Value.LeaseSeconds),
            Sql.Value(runningByOrganization.Keys.ToArray()), Sql.Value(runningByOrganization.Values.ToArray()),
            Sql.Value(options.Value.ConcurrentTurnsPerOrganization), Sql.Value(_servedLast));
        var turns = new List<Turn>();
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            turns.Add(Read(reader));
            _servedLast = turns[^1].OrganizationId;
        }

        return turns;
    }

    private static Turn Read(NpgsqlDataReader reader) => new()
    {
        Id = reader.GetGuid(0),
        OrganizationId = reader.GetGuid(1),
        ThreadId = reader.GetGuid(2),
        ChatbotId = reader.GetGuid(3),
        MessageId = reader.GetGuid(4),
        MessageSeq = reader.GetInt64(5),
        Question = reader.GetString(6),
        Replaces = reader.IsDBNull(7) ? null : reader.GetGuid(7),
        CorrelationId = reader.GetGuid(8),
        Language = reader.GetString(9),
        Attempt = reader.GetInt32(10),
        Losses = reader.GetInt32(11),
        QueuedAt = reader.GetFieldValue<DateTimeOffset>(12),
        StopRequested = reader.GetBoolean(13),
        ForcedError = reader.IsDBNull(14) ? null : ForcedError.Parse(reader.GetString(14)),
        Breaker = new ConversationBreaker(reader.GetInt32(15), reader.GetInt32(16), reader.IsDBNull(17) ? null : reader.GetTimeSpan(17)),
        OnlyEvents = reader.IsDBNull(18) ? null : reader.GetFieldValue<Guid[]>(18),
        TimeZone = reader.GetString(19),
        StartedAt = reader.GetFieldValue<DateTimeOffset>(20),
        Traceparent = reader.IsDBNull(21) ? null : reader.GetString(21),
    };
}
