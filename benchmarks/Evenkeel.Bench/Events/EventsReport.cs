using Evenkeel.Bench.Turns;
using Spectre.Console;

namespace Evenkeel.Bench.Events;

/// <param name="Events">In one round.</param>
/// <param name="BytesPerRow">As they are sent.</param>
/// <param name="Recorder">From recording to stored.</param>
/// <param name="CopyAlone">One binary COPY of rows made ready before.</param>
internal sealed record RecordingFigures(int Events, long BytesPerRow, RateFigures Recorder, RateFigures CopyAlone);

/// <param name="PerSecond">Events.</param>
/// <param name="OwnCpu">Microseconds of the process that writes, per event.</param>
/// <param name="DatabaseCpu">Microseconds of PostgreSQL, per event.</param>
internal sealed record RateFigures(double PerSecond, double OwnCpu, double DatabaseCpu);

/// <param name="Rows">Of the day.</param>
/// <param name="Bytes">Of the day, with indexes.</param>
/// <param name="TakenOut">Milliseconds until nobody sees it.</param>
/// <param name="Dropped">Milliseconds until its space is free, from the same moment.</param>
/// <param name="RecordingP50">Milliseconds to store a turn's events meanwhile.</param>
/// <param name="RecordingMost">The longest.</param>
internal sealed record DroppingFigures(int Rows, long Bytes, double TakenOut, double Dropped, double RecordingP50, double RecordingMost);

/// <param name="Model">How fast the model answers.</param>
/// <param name="Clients">At a time.</param>
/// <param name="Recording">With recording at full detail.</param>
/// <param name="Nothing">With recording switched off.</param>
internal sealed record LatencyFigures(string Model, int Clients, Round Recording, Round Nothing);

/// <param name="Rows">In the timeline.</param>
/// <param name="P50">Milliseconds.</param>
/// <param name="P99">Milliseconds.</param>
internal sealed record LatestFigures(int Rows, double P50, double P99);

/// <summary>Everything <c>./bench events</c> found; what was not asked for is absent.</summary>
internal sealed record EventsReport
{
    public required string Machine { get; init; }
    public RecordingFigures? Recording { get; set; }
    public IReadOnlyList<LatencyFigures>? Latency { get; set; }
    public DroppingFigures? Dropping { get; set; }
    public IReadOnlyList<LatestFigures>? Latest { get; set; }

    public LiveFigures? Live { get; set; }

    public void Print(IAnsiConsole console)
    {
        console.WriteLine(Machine);
        if (Recording is { } recording)
        {
            var table = new Table().Title($"Recording {recording.Events:N0} events of {recording.BytesPerRow} bytes")
                .AddColumns("", "events/s", "share", "CPU per event, µs: process", "database");
            foreach (var (name, rate) in new[] { ("recorder", recording.Recorder), ("binary COPY alone", recording.CopyAlone) })
            {
                table.AddRow(name, $"{rate.PerSecond:N0}", $"{rate.PerSecond / recording.CopyAlone.PerSecond:0 %}", $"{rate.OwnCpu:0.0}", $"{rate.DatabaseCpu:0.0}");
            }

            console.Write(table);
        }

        if (Latency is { } latency)
        {
            Print(console, latency);
        }

        if (Dropping is { } dropping)
        {
            var table = new Table().Title("Forgetting a day").AddColumns("events", "bytes", "gone after (ms)", "space free after (ms)", "a turn's events stored meanwhile, p50 (ms)", "longest (ms)");
            table.AddRow($"{dropping.Rows:N0}", $"{dropping.Bytes:N0}", $"{dropping.TakenOut:0}", $"{dropping.Dropped:0}", $"{dropping.RecordingP50:0.0}", $"{dropping.RecordingMost:0.0}");
            console.Write(table);
        }

        if (Latest is { } latest)
        {
            var table = new Table().Title("latest?count=10 of any session, by HTTP").AddColumns("events", "p50 (ms)", "p99 (ms)");
            foreach (var row in latest)
            {
                table.AddRow($"{row.Rows:N0}", $"{row.P50:0.00}", $"{row.P99:0.00}");
            }

            console.Write(table);
        }

        if (Live is { } live)
        {
            var table = new Table().Title("From publishing by REST to a subscriber's socket").AddColumns("events/s", "sessions", "received", "p50 (ms)", "p99 (ms)");
            table.AddRow($"{live.PerSecond:N0}", $"{live.Sessions}", $"{live.Received:N0}", $"{live.P50:0.0}", $"{live.P99:0.0}");
            console.Write(table);
        }
    }

    private static void Print(IAnsiConsole console, IReadOnlyList<LatencyFigures> latency)
    {
        var table = new Table().Title("A turn with recording at full detail, beside one without recording (ms)").AddColumns("model", "clients", "", "recording", "none", "more");
        foreach (var row in latency)
        {
            foreach (var (name, of) in new (string, Func<Round, double>)[]
            {
                ("accepted p50", round => round.Accepted.P50), ("first delta p50", round => round.FirstDelta.P50), ("final p50", round => round.Final.P50),
                ("final p99", round => round.Final.P99),
            })
            {
                table.AddRow(row.Model, $"{row.Clients}", name, $"{of(row.Recording):0.00}", $"{of(row.Nothing):0.00}", $"{(of(row.Recording) / of(row.Nothing)) - 1:+0.0 %;-0.0 %}");
            }
        }

        console.Write(table);
    }
}
