using System.Diagnostics;
using Evenkeel.Bench.Processes;
using Evenkeel.Bench.Turns;
using Evenkeel.Contracts.Timeline;
using Evenkeel.Timeline.Recording;

namespace Evenkeel.Bench.Events;

/// <summary>
/// How fast the recorder takes events in and has them stored, beside the least that storing them can take: their rows, made ready before, by one binary
/// COPY into the same table. Both in turn, in each round.
/// </summary>
internal sealed class MeasureRecording(EventStore store, int events, int rounds)
{
    private const string Columns =
        "id, organization_id, session_id, seq, message_id, turn_id, correlation_id, occurred_at, processing_ms, attempt, event_type, event_status, error_type, error_severity, event_data, retention";

    // Two large writes and a half: the writer never waits for more, and no more is in memory than a busy server has there.
    private const int MostPending = 20_000;
    private const int ChunkBytes = 1 << 20;

    public async Task<RecordingFigures> RunAsync(Action<string> say)
    {
        var (recorded, copied) = (new List<Spent>(), new List<Spent>());
        await RecordAsync();
        var rows = await TakeRowsAsync();
        for (var round = 1; round <= rounds; round++)
        {
            recorded.Add(await RecordAsync());
            copied.Add(await CopyAsync(rows));
            say($"round {round}/{rounds}: {events / recorded[^1].Seconds:N0} events/s recorded, {events / copied[^1].Seconds:N0} rows/s by COPY alone");
        }

        await store.ChangeAsync("TRUNCATE chat_events, timeline_sessions; CHECKPOINT");
        return new RecordingFigures(events, rows.Sum(chunk => (long)chunk.Length) / events, Figures(recorded), Figures(copied));
    }

    private RateFigures Figures(List<Spent> rounds) => new(
        Medians.Of(rounds.Select(spent => events / spent.Seconds)), Medians.Of(rounds.Select(spent => spent.OwnCpu * 1e6 / events)),
        Medians.Of(rounds.Select(spent => spent.DatabaseCpu * 1e6 / events)));

    private List<MadeUpEvent> MakeUp()
    {
        var turns = new MadeUpTurns();
        var made = new List<MadeUpEvent>(events);
        while (made.Count < events)
        {
            made.AddRange(turns.Facts().Take(events - made.Count));
        }

        return made;
    }

    private Spent Measure() => new(
        Stopwatch.GetTimestamp() / (double)Stopwatch.Frequency, ProcessFigures.CpuMs(Environment.ProcessId) / 1_000, ProcessFigures.TreeCpuMs(store.PostmasterId) / 1_000);

    /// <summary>From recording the first until the last is stored.</summary>
    private async Task<Spent> RecordAsync()
    {
        await store.ChangeAsync("TRUNCATE chat_events, timeline_sessions; CHECKPOINT");
        var (recorder, writer, counts) = store.NewRecorder();
        var made = MakeUp();
        GC.Collect();
        await writer.StartAsync(CancellationToken.None);
        var measure = Measure();
        for (var index = 0; index < made.Count; index++)
        {
            recorder.Record(made[index].ToEntry());
            while (recorder.Pending.Count > MostPending)
            {
                await Task.Delay(1);
            }
        }

        await writer.StopAsync(CancellationToken.None);
        var spent = Measure() - measure;
        writer.Dispose();
        return counts is { Dropped: 0 } && counts.Recorded == events
            ? spent : throw new BenchmarkException($"{counts.Dropped} events were dropped, {counts.Recorded} recorded.");
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

    private async Task<Spent> CopyAsync(List<byte[]> rows)
    {
        await store.ChangeAsync("TRUNCATE chat_events, timeline_sessions; CHECKPOINT");
        var leaf = new EventLeaf(RetentionClass.Event, DateOnly.FromDateTime(DateTime.UtcNow));
        await using var connection = await store.OpenAdministratorAsync();
        var begin = Measure();
        await using (var copy = await connection.BeginRawBinaryCopyAsync($"COPY {leaf.Table} ({Columns}) FROM STDIN (FORMAT BINARY)"))
        {
            foreach (var chunk in rows)
            {
                await copy.WriteAsync(chunk);
            }
        }

        return Measure() - begin;
    }

    /// <summary>Seconds: of the clock, and of the processors.</summary>
    private readonly record struct Spent(double Seconds, double OwnCpu, double DatabaseCpu)
    {
        public static Spent operator -(Spent left, Spent right) => new(left.Seconds - right.Seconds, left.OwnCpu - right.OwnCpu, left.DatabaseCpu - right.DatabaseCpu);
    }
}
