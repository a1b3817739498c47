using System.Collections.Concurrent;
using System.Diagnostics;
using Evenkeel.Bench.Processes;

namespace Evenkeel.Bench.Turns;

/// <summary>Keeps clients busy for a time and says what came of it.</summary>
internal sealed class Load(CpuMeter cpu)
{
    /// <summary>Every client works until <paramref name="seconds"/> are over; what is under way then ends but does not count.</summary>
    public async Task<Round> RunAsync(IReadOnlyList<IClient> clients, double seconds)
    {
        var turns = new ConcurrentQueue<TurnTimes>();
        var before = cpu.Read();
        var started = Stopwatch.GetTimestamp();
        var ends = started + (long)(seconds * Stopwatch.Frequency);
        var work = Task.WhenAll(clients.Select(client => Task.Run(() => WorkAsync(client, ends, turns))));
        await Task.WhenAny(work, Task.Delay(TimeSpan.FromSeconds(seconds)));
        var elapsed = Stopwatch.GetElapsedTime(started).TotalSeconds;
        var counted = turns.ToArray();
        var used = cpu.Read() - before;
        await work.WaitAsync(TimeSpan.FromSeconds(60));
        return Round.Of(counted, elapsed, used);
    }

    private static async Task WorkAsync(IClient client, long ends, ConcurrentQueue<TurnTimes> turns)
    {
        while (Stopwatch.GetTimestamp() < ends)
        {
            turns.Enqueue(await client.RunAsync());
        }
    }
}

/// <summary>What one level did in one round.</summary>
internal sealed record Round(int Turns, double TurnsPerSecond, Percentiles Accepted, Percentiles FirstDelta, Percentiles Final, CpuTimes CpuPerTurn)
{
    public static Round Of(IReadOnlyCollection<TurnTimes> turns, double seconds, CpuTimes cpu)
    {
        var live = turns.Where(turn => turn.FirstDelta != 0).ToArray();
        return new Round(
            turns.Count, turns.Count / seconds,
            Percentiles.Of(turns.Select(turn => turn.AcceptedMs)),
            Percentiles.Of(live.Select(turn => turn.FirstDeltaMs)),
            Percentiles.Of(live.Select(turn => turn.FinalMs)),
            cpu / Math.Max(1, turns.Count));
    }

    /// <summary>The middle of several rounds, figure by figure.</summary>
    public static Round Median(IReadOnlyCollection<Round> rounds) => new(
        rounds.Sum(round => round.Turns),
        Medians.Of(rounds.Select(round => round.TurnsPerSecond)),
        Percentiles.Median(rounds.Select(round => round.Accepted)),
        Percentiles.Median(rounds.Select(round => round.FirstDelta)),
        Percentiles.Median(rounds.Select(round => round.Final)),
        new CpuTimes(
            Medians.Of(rounds.Select(round => round.CpuPerTurn.Server)), Medians.Of(rounds.Select(round => round.CpuPerTurn.Database)),
            Medians.Of(rounds.Select(round => round.CpuPerTurn.Model)), Medians.Of(rounds.Select(round => round.CpuPerTurn.LoadGenerator))));
}

/// <summary>CPU time by who used it, in milliseconds.</summary>
internal readonly record struct CpuTimes(double Server, double Database, double Model, double LoadGenerator)
{
    public static CpuTimes operator -(CpuTimes left, CpuTimes right) => new(
        left.Server - right.Server, left.Database - right.Database, left.Model - right.Model, left.LoadGenerator - right.LoadGenerator);

    public static CpuTimes operator /(CpuTimes all, int turns) =>
        new(all.Server / turns, all.Database / turns, all.Model / turns, all.LoadGenerator / turns);
}

/// <summary>Reads the clocks of everybody who takes part.</summary>
internal sealed class CpuMeter(int serverId, int postmasterId, int modelId)
{
    public CpuTimes Read() => new(
        ProcessFigures.CpuMs(serverId), ProcessFigures.TreeCpuMs(postmasterId), ProcessFigures.CpuMs(modelId),
        ProcessFigures.CpuMs(Environment.ProcessId));
}
