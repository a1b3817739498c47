using Evenkeel.Bench.Processes;
using Spectre.Console;

namespace Evenkeel.Bench.Turns;

/// <summary>One number of clients: through Evenkeel, and straight to the model.</summary>
internal sealed record LevelFigures(int Clients, Round Turns, Round ModelAlone)
{
    /// <summary>First delta less the model's own middle time.</summary>
    public Percentiles OwnFirstDelta => Less(Turns.FirstDelta, ModelAlone.FirstDelta);

    /// <summary>Whole answer less the model's own middle time.</summary>
    public Percentiles OwnFinal => Less(Turns.Final, ModelAlone.Final);

    /// <summary>CPU of server and database per turn, in milliseconds.</summary>
    public double CpuMsPerTurn => Turns.CpuPerTurn.Server + Turns.CpuPerTurn.Database;

    // The model's middle is taken from both: its own tail would make ours look better than it is.
    private static Percentiles Less(Percentiles whole, Percentiles model) => new(whole.P50 - model.P50, whole.P99 - model.P50);
}

/// <summary>Everything <c>./bench turns</c> found.</summary>
internal sealed record TurnsReport
{
    public required string Machine { get; init; }
    public required int Rounds { get; init; }
    public required double SecondsPerRound { get; init; }
    public required int TokensPerAnswer { get; init; }
    public required int TurnsPerConversation { get; init; }
    public required int PromptBytes { get; init; }
    public required IReadOnlyList<LevelFigures> Levels { get; init; }
    public required LevelFigures SlowModel { get; init; }
    public required IReadOnlyDictionary<string, MemoryFigures> Memory { get; init; }
    public required string ServerWarnings { get; init; }

    public void Print(IAnsiConsole console)
    {
        console.WriteLine($"{Machine}; medians of {Rounds} rounds of {SecondsPerRound:0.#} s; answers of {TokensPerAnswer} tokens, prompts of {PromptBytes} bytes");
        console.Write(Speed());
        console.Write(Cpu());
        console.Write(MemoryTable());
    }

    private Table Speed()
    {
        var table = new Table().Title("Turns (ms: p50 / p99; own = less the model's own time)");
        table.AddColumns("clients", "turns/s", "model alone/s", "202", "own first delta", "own final");
        foreach (var level in Levels)
        {
            table.AddRow(Row($"{level.Clients}", level));
        }

        table.AddRow(Row($"{SlowModel.Clients}, slow model", SlowModel));
        return table;
    }

    private static string[] Row(string name, LevelFigures level) =>
    [
        name, $"{level.Turns.TurnsPerSecond:0}", $"{level.ModelAlone.TurnsPerSecond:0}", Text(level.Turns.Accepted), Text(level.OwnFirstDelta), Text(level.OwnFinal),
    ];

    private Table Cpu()
    {
        var table = new Table().Title("CPU per turn (ms)");
        table.AddColumns("clients", "server", "database", "together", "scripted model", "load generator");
        foreach (var level in Levels)
        {
            var cpu = level.Turns.CpuPerTurn;
            table.AddRow($"{level.Clients}", $"{cpu.Server:0.00}", $"{cpu.Database:0.00}", $"{level.CpuMsPerTurn:0.00}", $"{cpu.Model:0.00}", $"{cpu.LoadGenerator:0.00}");
        }

        return table;
    }

    private Table MemoryTable()
    {
        var table = new Table().Title("Memory (MB: resident / proportional)");
        table.AddColumns("after", "server", "database");
        foreach (var (when, figures) in Memory)
        {
            table.AddRow(when, Text(figures.Server), Text(figures.Database));
        }

        return table;
    }

    private static string Text(Percentiles value) => $"{value.P50:0.0} / {value.P99:0.0}";

    private static string Text(Memory value) => $"{value.Resident / 1e6:0} / {value.Proportional / 1e6:0}";
}
