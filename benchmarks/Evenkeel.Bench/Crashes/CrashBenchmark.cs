using Evenkeel.Bench.Processes;
using Evenkeel.Faults.Runs;

namespace Evenkeel.Bench.Crashes;

/// <summary>What <c>./bench crash</c> was asked for.</summary>
internal sealed record CrashOptions(int Runs, int? Seed, FaultKind? Kind, int Kills)
{
    /// <summary>A few runs or one kind are being looked into: nothing else is of interest then.</summary>
    public bool IsFull => Kind is null && Runs >= 100;

    /// <summary>Without runs only times are measured.</summary>
    public bool IsMeasured => Kills > 0 && (IsFull || Runs == 0);
}

/// <summary>Kills, freezes, cuts and confuses the real program, judges what came of it, and measures how long turns were away.</summary>
internal sealed class CrashBenchmark(BenchPaths paths, CrashOptions options)
{
    /// <summary>Runs everything; a full run takes about half an hour.</summary>
    public async Task<CrashReport> RunAsync(Action<string> say)
    {
        // Beside the results: a database that never meets a disk survives everything.
        var folder = Path.Combine(paths.Results, $"crash-{Environment.ProcessId}");
        Directory.CreateDirectory(folder);
        try
        {
            return await RunInAsync(folder, say);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private async Task<CrashReport> RunInAsync(string folder, Action<string> say)
    {
        var machine = Machine.Describe();
        var seed = options.Seed ?? Random.Shared.Next(1_000_000_000);
        say($"seed {seed}; ./bench crash --seed {seed} --runs {options.Runs} plays the same again");
        var campaign = new CampaignOptions { Program = paths.Server, Folder = folder, Seed = seed, Runs = options.Runs, Kind = options.Kind };
        var times = new RecoveryTimes(paths, folder, say);
        return new CrashReport
        {
            Machine = machine,
            WithSecondWorker = options.IsMeasured ? await times.WithSecondWorkerAsync(options.Kills, CancellationToken.None) : null,
            AfterRestart = options.IsMeasured ? await times.AfterRestartAsync(options.Kills, CancellationToken.None) : null,
            EveryCall = options.IsFull ? await new Campaign(campaign, say).RunEveryCallAsync(CancellationToken.None) : null,
            Runs = options.Runs == 0 ? null : await new Campaign(campaign, say).RunAsync(CancellationToken.None),
        };
    }
}
