using System.Diagnostics;
using Evenkeel.Bench.Turns;
using Evenkeel.Timeline.Recording;
using Evenkeel.Timeline.Retention;

namespace Evenkeel.Bench.Events;

/// <summary>How long it takes to forget a day of many events, and how long recording waits for it at most.</summary>
internal sealed class MeasureDropping(EventStore store, int rows, TimeSpan patience)
{
    private const int Chunk = 500_000;
    private const int Days = 40;

    public async Task<DroppingFigures> RunAsync(Action<string> say)
    {
        var day = DateOnly.FromDateTime(DateTime.UtcNow).AddDays(-Days);
        await store.ChangeAsync($"SELECT ensure_chat_event_partitions('{day:yyyy-MM-dd}', 1)");
        var leaf = new EventLeaf("event", day);
        var filled = await FillAsync(leaf, say);
        var bytes = await SizeAsync(leaf);
        // A day that is over its time was vacuumed weeks ago; one that has just been filled would make whoever drops it wait for that.
        await store.ChangeAsync($"VACUUM ANALYZE {leaf.Table}");
        await store.ChangeAsync("CHECKPOINT");

        using var end = new CancellationTokenSource();
        var writing = RecordMeanwhileAsync(end.Token);
        await Task.Delay(1_000);
        var begin = Stopwatch.GetTimestamp();
        var drop = store.NewDropDays();
        var isTakenOut = await drop.TakeOutAsync(new EventSlice(leaf.Retention, leaf.From, leaf.To, leaf), null, CancellationToken.None);
        var takenOut = Stopwatch.GetElapsedTime(begin).TotalMilliseconds;
        await drop.DropDetachedAsync(CancellationToken.None);
        var dropped = Stopwatch.GetElapsedTime(begin).TotalMilliseconds;
        await Task.Delay(500);
        await end.CancelAsync();
        var waits = await writing;
        return isTakenOut
            ? new DroppingFigures(filled, bytes, takenOut, dropped, Percentiles.Of(waits).P50, waits.Max())
            : throw new BenchmarkException("The day could not be dropped.");
    }

    private async Task<int> FillAsync(EventLeaf leaf, Action<string> say)
    {
        var begin = Stopwatch.GetTimestamp();
        var filled = 0;
        while (filled < rows && Stopwatch.GetElapsedTime(begin) < patience)
        {
            await store.ChangeAsync(
                $"""
                INSERT INTO {leaf.Table} (id, organization_id, session_id, seq, message_id, turn_id, correlation_id, occurred_at, processing_ms, attempt, event_type, event_status, event_data, retention)
                SELECT gen_random_uuid(), '01a1f8f4-9ed6-72a5-9303-424242424242', md5((n / 100)::text)::uuid, n % 100 + 1, gen_random_uuid(), gen_random_uuid(), gen_random_uuid(),
                       '{leaf.Day:yyyy-MM-dd}'::timestamp AT TIME ZONE 'UTC' + n * interval '8 milliseconds', 12.5, 1, 'agent_thinking', 'completed',
                       jsonb_build_object('route', 'documents', 'tokens', n % 2000, 'model', 'scripted'), 'event'
                FROM generate_series({filled}, {filled + Chunk - 1}) n
                """);
            filled += Chunk;
            say($"{filled:N0} events of one day");
        }

        return filled;
    }

    private async Task<long> SizeAsync(EventLeaf leaf)
    {
        await using var connection = await store.OpenAdministratorAsync();
        await using var command = new Npgsql.NpgsqlCommand($"SELECT pg_total_relation_size('{leaf.Table}')", connection);
        return (long)(await command.ExecuteScalarAsync())!;
    }

    /// <returns>Milliseconds from recording a turn's events until they are stored, one turn after the other.</returns>
    private async Task<List<double>> RecordMeanwhileAsync(CancellationToken end)
    {
        var turns = new MadeUpTurns();
        var waits = new List<double>();
        while (!end.IsCancellationRequested)
        {
            var (recorder, writer, _) = store.NewRecorder();
            var begin = Stopwatch.GetTimestamp();
            foreach (var entry in turns.Next())
            {
                recorder.Record(entry);
            }

            // Writes what waits, at once.
            await writer.StopAsync(CancellationToken.None);
            waits.Add(Stopwatch.GetElapsedTime(begin).TotalMilliseconds);
            writer.Dispose();
            await Task.Delay(5, CancellationToken.None);
        }

        return waits;
    }
}
