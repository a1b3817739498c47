using Evenkeel.Platform.Data;
using Evenkeel.Platform.Identifiers;

namespace Evenkeel.Chat.Turns;

/// <inheritdoc/>
internal sealed class PingWorkers(Database database, IdSource ids, TimeProvider time) : IWorkerPing
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(100);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<PingedWorker>> RunAsync(TimeSpan patience, CancellationToken cancellationToken)
    {
        var ping = ids.Next();
        var asked = await database.QueryAsync<Guid>(DataScope.System, "UPDATE workers SET ping_id = @ping RETURNING id", new { ping }, cancellationToken);
        var answers = new Dictionary<Guid, TimeSpan>();
        for (var started = time.GetTimestamp(); answers.Count < asked.Count && time.GetElapsedTime(started) < patience;)
        {
            await Task.Delay(BetweenLooks, time, cancellationToken);
            foreach (var worker in await database.QueryAsync<Guid>(DataScope.System, "SELECT id FROM workers WHERE pong_id = @ping", new { ping }, cancellationToken))
            {
                answers.TryAdd(worker, time.GetElapsedTime(started));
            }
        }

        var rows = await database.QueryAsync<Row>(
            DataScope.System,
            """
            SELECT w.id, w.started_at, w.seen_at, (SELECT count(*)::int FROM turns t WHERE t.status = 'running' AND t.worker_id = w.id) AS running_turns
            FROM workers w WHERE w.ping_id = @ping ORDER BY w.started_at
            """,
            new { ping },
            cancellationToken);
        return [.. rows.Select(row => new PingedWorker(row.Id, row.StartedAt, row.SeenAt, row.RunningTurns, answers.TryGetValue(row.Id, out var answer) ? answer : null))];
    }

    /// <summary>Answers for <paramref name="worker"/>; a statement that changes nothing while nobody asks.</summary>
    public static Task AnswerAsync(Database database, Guid worker, CancellationToken cancellationToken) => database.ExecuteAsync(
        DataScope.System,
        "UPDATE workers SET pong_id = ping_id, pong_at = now() WHERE id = @worker AND ping_id IS DISTINCT FROM pong_id",
        new { worker },
        cancellationToken);

    private sealed record Row
    {
        public required Guid Id { get; init; }
        public required DateTimeOffset StartedAt { get; init; }
        public required DateTimeOffset SeenAt { get; init; }
        public required int RunningTurns { get; init; }
    }
}
