using Evenkeel.Platform.Data;
using Evenkeel.Realtime;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Evenkeel.Chat.Delivery;

/// <summary>How threads and turns of all organizations stand, for connections that may have missed something: one round trip for all of them.</summary>
internal sealed class LookAtTurns(Database database, IOptions<ChatOptions> options)
{
    // $1 threads, $2 turns, $3 lease seconds. A worker is alive while it renews its registration and its session holds its lock; the look at the
    // locks is taken only when some turn waits.
    private const string Turns =
        """
        WITH asked AS (
            SELECT id FROM turns WHERE id = ANY($2)
            UNION
            SELECT id FROM turns WHERE conversation_id = ANY($1) AND status IN ('queued', 'running')
        )
        SELECT turns.id, turns.conversation_id, turns.correlation_id, turns.language, turns.status, turns.attempt,
               CASE turns.status
                   WHEN 'running' THEN turns.lease_until > now()
                   WHEN 'queued' THEN (
                       SELECT EXISTS (
                           SELECT FROM workers
                           WHERE seen_at > now() - make_interval(secs => $3) AND (session_lock IS NULL OR session_lock IN (SELECT held_session_locks()))))
                   ELSE false
               END,
               (SELECT count(*)::int FROM turns earlier
                WHERE earlier.conversation_id = turns.conversation_id AND earlier.status IN ('queued', 'running')
                  AND (earlier.position, earlier.id) < (turns.position, turns.id))
        FROM asked JOIN turns ON turns.id = asked.id
        """;

    // A statement of its own after the turns: what it sees is at least as new.
    private const string Threads = "SELECT id, last_seq, deleted_at IS NOT NULL FROM conversations WHERE id = ANY($1)";

    /// <summary>Looks.</summary>
    public async Task<StoredState> RunAsync(IReadOnlyCollection<Guid> threads, IReadOnlyCollection<Guid> turns, CancellationToken cancellationToken)
    {
        var threadIds = threads.ToArray();
        await using var batch = database.CreateBatch(DataScope.System);
        batch.Add(Turns, Sql.Value(threadIds), Sql.Value(turns.ToArray()), Sql.Value((double)options.Value.LeaseSeconds));
        batch.Add(Threads, Sql.Value(threadIds));
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        var foundTurns = new List<StoredTurn>();
        while (await reader.ReadAsync(cancellationToken))
        {
            foundTurns.Add(ReadTurn(reader));
        }

        await reader.NextResultAsync(cancellationToken);
        var foundThreads = new List<StoredThread>();
        while (await reader.ReadAsync(cancellationToken))
        {
            foundThreads.Add(new StoredThread { Id = reader.GetGuid(0), LastSeq = reader.GetInt64(1), IsDeleted = reader.GetBoolean(2) });
        }

        return new StoredState(foundThreads, foundTurns);
    }

    private static StoredTurn ReadTurn(NpgsqlDataReader reader)
    {
        var status = reader.GetString(4);
        return new StoredTurn
        {
            Id = reader.GetGuid(0),
            ThreadId = reader.GetGuid(1),
            CorrelationId = reader.GetGuid(2),
            Language = reader.GetString(3),
            HasEnded = status is not ("queued" or "running"),
            IsRunning = status == "running",
            Attempt = reader.GetInt32(5),
            IsCarried = reader.GetBoolean(6),
            Ahead = reader.GetInt32(7),
        };
    }
}
