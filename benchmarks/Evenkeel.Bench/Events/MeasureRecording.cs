using System.Diagnostics;
using Evenkeel.Bench.Turns;

namespace Evenkeel.Bench.Events;

/// <summary>
/// How fast the recorder takes events in and has them stored, beside the least that storing them can take: their rows, made ready before, by one binary
/// COPY into an equal table. Both in turn, in each round.
/// </summary>
internal sealed class MeasureRecording(EventStore store, int events, int rounds)
{
    private const string FloorTable = "bench_floor";
    private const string Columns =
        "id, organization_id, session_id, seq, message_id, turn_id, correlation_id, occurred_at, processing_ms, attempt, event_type, event_status, error_type, error_severity, event_data, retention";

    // As far ahead of the writer as a process may be before it drops.
    private const int MostPending = 45_000;
    private const int ChunkBytes = 1 << 20;

    public async Task<RecordingFigures> RunAsync(Action<string> say)
    {
        await store.ChangeAsync($"CREATE TABLE {FloorTable} (LIKE chat_events INCLUDING ALL)");
        var (recorded, copied) = (new List<double>(), new List<double>());
        await RecordAsync();
        var rows = await TakeRowsAsync();
        for (var round = 1; round <= rounds; round++)
        {
            recorded.Add(events / await RecordAsync());
            copied.Add(events / await CopyAsync(rows));
            say($"round {round}/{rounds}: {recorded[^1]:N0} events/s recorded, {copied[^1]:N0} rows/s by COPY alone");
        }

        await store.ChangeAsync($"DROP TABLE {FloorTable}; TRUNCATE chat_events, timeline_sessions; CHECKPOINT");
        return new RecordingFigures(events, rows.Sum(chunk => (long)chunk.Length) / events, Medians.Of(recorded), Medians.Of(copied));
    }

    /// <returns>Seconds until all are stored.</returns>
    private async Task<double> RecordAsync()
    {
        await store.ChangeAsync("TRUNCATE chat_events, timeline_sessions; CHECKPOINT");
        var (recorder, writer, counts) = store.NewRecorder();
        await writer.StartAsync(CancellationToken.None);
        var turns = new MadeUpTurns();
        var begin = Stopwatch.GetTimestamp();
        for (var made = 0; made < events;)
        {
            foreach (var entry in turns.Next())
            {
                recorder.Record(entry);
                made++;
            }

            while (recorder.Pending.Count > MostPending)
            {
                await Task.Delay(1);
            }
        }

        await writer.StopAsync(CancellationToken.None);
        var seconds = Stopwatch.GetElapsedTime(begin).TotalSeconds;
        writer.Dispose();
        return counts is { Dropped: 0 } && counts.Recorded >= events
            ? seconds : throw new BenchmarkException($"{counts.Dropped} events were dropped, {counts.Recorded} recorded.");
    }

    private async Task<List<byte[]>> TakeRowsAsync()
    {
        await using var connection = await store.OpenAdministratorAsync();
        await using var copy = await connection.BeginRawBinaryCopyAsync($"COPY (SELECT {Columns} FROM chat_events) TO STDOUT (FORMAT BINARY)");
        var chunks = new List<byte[]>();
        var chunk = new byte[ChunkBytes];
        while (await copy.ReadAtLeastAsync(chunk, chunk.Length, throwOnEndOfStream: false) is var read and > 0)
        {
            chunks.Add(chunk[..read]);
        }

        return chunks;
    }

    private async Task<double> CopyAsync(List<byte[]> rows)
    {
        await store.ChangeAsync($"TRUNCATE {FloorTable}; CHECKPOINT");
        await using var connection = await store.OpenAdministratorAsync();
        var begin = Stopwatch.GetTimestamp();
        await using (var copy = await connection.BeginRawBinaryCopyAsync($"COPY {FloorTable} ({Columns}) FROM STDIN (FORMAT BINARY)"))
        {
            foreach (var chunk in rows)
            {
                await copy.WriteAsync(chunk);
            }
        }

        return Stopwatch.GetElapsedTime(begin).TotalSeconds;
    }
}
