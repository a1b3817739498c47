using System.Diagnostics;
using Evenkeel.Bench.BareServers;
using Evenkeel.Bench.Processes;
using Evenkeel.Bench.Turns;

namespace Evenkeel.Bench.Connections;

/// <summary>Broadcasting to many sockets.</summary>
/// <param name="DeliveriesPerSecond">Messages × sockets per second, in bursts of 50 that are waited for.</param>
/// <param name="Latency">At 40,000 deliveries a second, published evenly one by one: publisher to socket, in milliseconds.</param>
/// <param name="CpuMicroseconds">Of the server per delivery at that pace.</param>
internal sealed record FanOutFigures(double DeliveriesPerSecond, Percentiles Latency, double CpuMicroseconds)
{
    public static FanOutFigures Median(IReadOnlyCollection<FanOutFigures> rounds) => new(
        Medians.Of(rounds.Select(round => round.DeliveriesPerSecond)),
        Percentiles.Median(rounds.Select(round => round.Latency)),
        Medians.Of(rounds.Select(round => round.CpuMicroseconds)));
}

/// <summary>The same messages through a delivery of ours and through others.</summary>
internal static class FanOut
{
    private const int Burst = 50;
    private const double PacedDeliveriesPerSecond = 40_000;
    private const double BurstSeconds = 3;
    private const double PacedSeconds = 4;

    public static async Task<FanOutFigures> OfAsync(SubjectKind kind, int sockets)
    {
        await using var subject = await Subject.StartAsync(kind);
        using var audience = await Audience.ConnectAsync(sockets, () => kind.ConnectAsync(subject.Address, RealtimeServer.ThreadId));
        await Task.Delay(TimeSpan.FromSeconds(1));
        for (var warmUp = 0; warmUp < 10; warmUp++)
        {
            await audience.HearAsync(Burst, () => subject.BurstAsync(Burst));
        }

        return await PacedAsync(subject, audience) with { DeliveriesPerSecond = await FloodAsync(subject, audience) };
    }

    private static async Task<double> FloodAsync(Subject subject, Audience audience)
    {
        var started = Stopwatch.GetTimestamp();
        var messages = 0L;
        while (Stopwatch.GetElapsedTime(started).TotalSeconds < BurstSeconds)
        {
            await audience.HearAsync(Burst, () => subject.BurstAsync(Burst));
            messages += Burst;
        }

        return messages * audience.Count / Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    private static async Task<FanOutFigures> PacedAsync(Subject subject, Audience audience)
    {
        var rate = PacedDeliveriesPerSecond / audience.Count;
        var messages = (int)(rate * PacedSeconds);
        audience.Measures = true;
        var cpu = ProcessFigures.CpuMs(subject.Id);
        await audience.HearAsync(messages, () => subject.PaceAsync(rate, messages));
        cpu = ProcessFigures.CpuMs(subject.Id) - cpu;
        audience.Measures = false;
        return new FanOutFigures(0, audience.TakeLatencies(), cpu * 1000 / ((double)messages * audience.Count));
    }
}
