using Evenkeel.Bench.Processes;

namespace Evenkeel.Bench.Events;

/// <summary>Which figures; each can be measured alone.</summary>
internal enum EventsPart
{
    Recording,
    Latency,
    Dropping,
    Latest,
    Live,
}

/// <summary>What is asked for.</summary>
internal sealed record EventsOptions
{
    /// <summary>Empty = all.</summary>
    public required IReadOnlyList<EventsPart> Parts { get; init; }
    public required int Rounds { get; init; }
    public required double Seconds { get; init; }

    /// <summary>Events of one round of recording.</summary>
    public required int Events { get; init; }

    /// <summary>Events of the day that is dropped.</summary>
    public required int DayRows { get; init; }

    /// <summary>Sizes of the timeline that <c>latest</c> is asked of.</summary>
    public required int[] Sizes { get; init; }
}

/// <summary>The timeline: recording, what it costs a turn, forgetting, and reading the newest events.</summary>
internal sealed class EventsBenchmark(BenchPaths paths, EventsOptions options)
{
    // A day of ten million takes some minutes to make; a slower machine drops what it has by then.
    private static readonly TimeSpan FillingPatience = TimeSpan.FromMinutes(8);

    public async Task<EventsReport> RunAsync(Action<string> say)
    {
        var report = new EventsReport { Machine = Machine.Describe() };
        if (Includes(EventsPart.Recording) || Includes(EventsPart.Dropping))
        {
            say("starting the database …");
            await using var store = await EventStore.StartAsync(paths.Results);
            report.Recording = Includes(EventsPart.Recording) ? await new MeasureRecording(store, options.Events, options.Rounds).RunAsync(say) : null;
            report.Dropping = Includes(EventsPart.Dropping) ? await new MeasureDropping(store, options.DayRows, FillingPatience).RunAsync(say) : null;
        }

        report.Latency = Includes(EventsPart.Latency) ? await new MeasureLatency(paths, options.Rounds, options.Seconds).RunAsync(say) : null;
        report.Latest = Includes(EventsPart.Latest) ? await new MeasureLatest(paths, options.Sizes).RunAsync(say) : null;
        report.Live = Includes(EventsPart.Live) ? await new MeasureLive(paths, options.Seconds).RunAsync(say) : null;
        return report;
    }

    private bool Includes(EventsPart part) => options.Parts.Count == 0 || options.Parts.Contains(part);
}
