using System.Diagnostics;
using Evenkeel.Faults.Clients;
using Evenkeel.Faults.Processes;
using Evenkeel.Faults.Proxy;

namespace Evenkeel.Faults.Runs;

/// <summary>What a campaign is to do.</summary>
public sealed record CampaignOptions
{
    /// <summary>The path of <c>evenkeel.dll</c>.</summary>
    public required string Program { get; init; }

    /// <summary>For the worlds.</summary>
    public required string Folder { get; init; }

    /// <summary>The first run's; the others follow it.</summary>
    public required int Seed { get; init; }

    public required int Runs { get; init; }

    /// <summary>Only this; null is everything.</summary>
    public FaultKind? Kind { get; init; }

    /// <summary>Only there; null is everywhere.</summary>
    public WorldKind? World { get; init; }

    /// <summary>How long things may take after the last fault.</summary>
    public TimeSpan Bound { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Worlds at the same time: much of a run is waiting for leases and restarts.</summary>
    public int Lanes { get; init; } = 2;
}

/// <summary>Many runs, each from a seed of its own, in worlds that are used again until something goes wrong in them.</summary>
public sealed class Campaign(CampaignOptions options, Action<string> say)
{
    private readonly Lock _lock = new();
    private readonly List<RunResult> _results = [];
    private int _worlds;
    private int _total;

    private static readonly FaultKind[] AtEveryCall =
        [FaultKind.CallFails, FaultKind.CutRequest, FaultKind.CutAnswer, FaultKind.KillBeforeCall, FaultKind.KillBeforeCommit, FaultKind.KillAfterCommit];

    /// <summary>Whether there is a world here that plays what was asked for.</summary>
    public bool HasPlans => Enum.GetValues<WorldKind>().Any(IsPlayed);

    /// <summary>Plays all runs.</summary>
    public async Task<CampaignReport> RunAsync(CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        var plans = Plans().Take(options.Runs).ToList();
        _total = plans.Count;
        var lanes = new ParallelOptions { MaxDegreeOfParallelism = options.Lanes, CancellationToken = cancellationToken };
        // The longest first, so that the lanes end together.
        await Parallel.ForEachAsync(plans.GroupBy(plan => plan.World).OrderByDescending(group => group.Key), lanes, async (group, ct) =>
            await RunInAsync(group.Key, [.. group], ct));
        return CampaignReport.Of(options.Seed, [.. _results.OrderBy(result => result.Plan.Seed)], Stopwatch.GetElapsedTime(started));
    }

    /// <summary>One run for each call of a turn and each way in which it can go wrong.</summary>
    public async Task<CampaignReport> RunEveryCallAsync(CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        foreach (var kind in AtEveryCall.Where(kind => options.Kind is null || options.Kind == kind))
        {
            await using var world = await WorldKind.Solo.StartAsync(options.Program, Path.Combine(options.Folder, $"world{Interlocked.Increment(ref _worlds)}"), cancellationToken);
            using var person = await Person.RegisterAsync(world.WebNodes, cancellationToken);
            var every = new EveryCall(world, person, options.Bound);
            var calls = await every.CountAsync(cancellationToken);
            _total += calls;
            for (var nth = 1; nth <= calls; nth++)
            {
                Keep(await every.RunAsync(kind, nth, cancellationToken));
            }
        }

        return CampaignReport.Of(0, _results, Stopwatch.GetElapsedTime(started));
    }

    private IEnumerable<FaultPlan> Plans()
    {
        for (var seed = options.Seed; HasPlans; seed = unchecked(seed + 1) & int.MaxValue)
        {
            var plan = FaultPlan.FromSeed(seed);
            if ((options.Kind is null || plan.Kind == options.Kind) && IsPlayed(plan.World))
            {
                yield return plan;
            }
        }
    }

    private bool IsPlayed(WorldKind world) =>
        (options.World ?? world) == world && world.MissingPackage() is null
        && FaultKinds.In(world).Any(place => options.Kind is null || place.Kind == options.Kind);

    private async Task RunInAsync(WorldKind kind, IReadOnlyList<FaultPlan> plans, CancellationToken cancellationToken)
    {
        FaultWorld? world = null;
        Person? person = null;
        try
        {
            foreach (var plan in plans)
            {
                world ??= await kind.StartAsync(options.Program, Path.Combine(options.Folder, $"world{Interlocked.Increment(ref _worlds)}"), cancellationToken);
                person ??= await Person.RegisterAsync(world.WebNodes, cancellationToken);
                var result = await RunOneAsync(world, person, plan, cancellationToken);
                Keep(result);
                if (!result.IsGood)
                {
                    // What went wrong must not colour what comes after it.
                    await world.DisposeAsync();
                    (world, person) = (null, null);
                }
            }
        }
        finally
        {
            person?.Dispose();
            await (world?.DisposeAsync() ?? ValueTask.CompletedTask);
        }
    }

    private async Task<RunResult> RunOneAsync(FaultWorld world, Person person, FaultPlan plan, CancellationToken cancellationToken)
    {
        try
        {
            return await new FaultRun(world, person, plan, options.Bound).RunAsync(cancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            return new RunResult
            {
                Plan = plan, IsHit = false, Safety = [], Liveness = [new Checking.Violation("the run itself goes to its end", exception.ToString())],
                Duration = TimeSpan.Zero, Trace = RunTrace.Of(world, []),
            };
        }
    }

    private void Keep(RunResult result)
    {
        lock (_lock)
        {
            _results.Add(result);
            if (!result.IsGood || _results.Count % 25 == 0)
            {
                say($"{_results.Count}/{_total}: {result}");
            }
        }
    }
}

/// <summary>How often a fault was really seen at a place.</summary>
public sealed record CoverageRow(WorldKind World, FaultKind Kind, Marks Mark, int Runs, int Hits);

/// <summary>What came of a campaign.</summary>
public sealed record CampaignReport
{
    public required int Seed { get; init; }
    public required int Runs { get; init; }
    public required int Hits { get; init; }
    public required double Seconds { get; init; }
    public required double MedianRunSeconds { get; init; }
    public required IReadOnlyList<string> Failures { get; init; }
    public required IReadOnlyList<CoverageRow> Coverage { get; init; }

    internal static CampaignReport Of(int seed, IReadOnlyList<RunResult> results, TimeSpan duration) => new()
    {
        Seed = seed,
        Runs = results.Count,
        Hits = results.Count(result => result.IsHit),
        Seconds = Math.Round(duration.TotalSeconds, 1),
        MedianRunSeconds = Math.Round(results.Select(result => result.Duration.TotalSeconds).Order().ElementAtOrDefault(results.Count / 2), 2),
        Failures = [.. results.Where(result => !result.IsGood).Select(result => result.ToString())],
        Coverage =
        [
            .. results.GroupBy(result => (result.Plan.World, result.Plan.Kind, result.Plan.Mark))
                .Select(group => new CoverageRow(group.Key.World, group.Key.Kind, group.Key.Mark, group.Count(), group.Count(result => result.IsHit)))
                .OrderBy(row => row.Kind).ThenBy(row => row.Mark).ThenBy(row => row.World),
        ],
    };
}
