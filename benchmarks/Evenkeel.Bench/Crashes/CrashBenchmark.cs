using Evenkeel.Bench.Processes;
using Evenkeel.Faults.Runs;

namespace Evenkeel.Bench.Crashes;

/// <summary>What <c>./bench crash</c> was asked for.</summary>
internal sealed record CrashOptions
{
    public required int Runs { get; init; }

    public required int? Seed { get; init; }

    public required FaultKind? Kind { get; init; }

    public required WorldKind? World { get; init; }

    public required int Kills { get; init; }

    /// <summary>A few runs, one kind or one world are being looked into: nothing else is of interest then.</summary>
    public bool IsFull => Kind is null && World is null && Runs >= 100;

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
        var only = (options.Kind is { } kind ? $" --kind {kind}" : "") + (options.World is { } world ? $" --world {world}" : "");
        say($"seed {seed}; ./bench crash --seed {seed} --runs {options.Runs}{only} plays the same again");
        SayWhatIsMissing(say);
        var campaign = new CampaignOptions
        {
            Program = paths.Server, Folder = folder, Seed = seed, Runs = options.Runs, Kind = options.Kind, World = options.World,
        };
        if (options.Runs > 0 && !new Campaign(campaign, say).HasPlans)
        {
            throw new BenchmarkException($"No world here plays{only}.");
        }

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

    private void SayWhatIsMissing(Action<string> say)
    {
        foreach (var world in Enum.GetValues<WorldKind>().Where(world => (options.World ?? world) == world && world.MissingPackage() is not null))
        {
            say($"runs in the world {world} are left out: the Debian package {world.MissingPackage()} is not installed");
        }
    }
}
