using Spectre.Console;

namespace Evenkeel.Bench.Connections;

/// <summary>Everything <c>./bench connections</c> found.</summary>
internal sealed record ConnectionsReport
{
    public required string Machine { get; init; }
    public required int Rounds { get; init; }
    public required IReadOnlyDictionary<string, IdleFigures> Idle { get; init; }
    public required IReadOnlyDictionary<string, FanOutFigures> FanOut { get; init; }
    public required IReadOnlyDictionary<string, TurnFanOutFigures> Turns { get; init; }

    public void Print(IAnsiConsole console)
    {
        console.WriteLine($"{Machine}; medians of {Rounds} rounds");
        var idle = new Table().Title($"One idle socket of {IdleSockets.Sockets} (KB)").AddColumns("server", "process", "managed heap", "× bare Kestrel");
        var floor = Idle[SubjectKind.Echo.Name].Memory;
        foreach (var (name, figures) in Idle)
        {
            idle.AddRow(name, $"{figures.Memory / 1024:0.0}", figures.Heap is { } heap ? $"{heap / 1024:0.0}" : "", $"{figures.Memory / floor:0.00}");
        }

        var fanOut = new Table().Title("Broadcast (ms at 40,000 deliveries a second: p50 / p99)").AddColumns("server", "deliveries/s", "latency", "CPU µs per delivery");
        foreach (var (name, figures) in FanOut)
        {
            fanOut.AddRow(name, $"{figures.DeliveriesPerSecond:0}", $"{figures.Latency.P50:0.0} / {figures.Latency.P99:0.0}", $"{figures.CpuMicroseconds:0.0}");
        }

        var turns = new Table().Title("Whole turns of the server before an audience").AddColumns("audience", "frames/s", "frames per turn", "question to last socket, ms");
        foreach (var (name, figures) in Turns)
        {
            turns.AddRow(name, $"{figures.FramesPerSecond:0}", $"{figures.FramesPerTurn:0.0}", $"{figures.LastAnswerMs:0}");
        }

        console.Write(idle);
        console.Write(fanOut);
        console.Write(turns);
    }
}
