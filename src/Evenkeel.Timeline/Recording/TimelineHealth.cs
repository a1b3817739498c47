using Evenkeel.Platform.Health;

namespace Evenkeel.Timeline.Recording;

/// <summary>Says when events were lost of late, or wait because they cannot be written.</summary>
internal sealed class TimelineHealth(TimelineCounts counts, WriteTimeline writer, TimeProvider time) : IHealthContributor
{
    private static readonly TimeSpan Lately = TimeSpan.FromMinutes(5);

    /// <inheritdoc/>
    public string Name => "timeline";

    /// <inheritdoc/>
    public Task<IReadOnlyList<HealthCheck>> CheckAsync(HealthAsker asker, CancellationToken cancellationToken)
    {
        // The doctor records nothing.
        IReadOnlyList<HealthCheck> checks = asker == HealthAsker.Doctor ? [] : [Check() with { Details = Details() }];
        return Task.FromResult(checks);
    }

    private HealthCheck Check() =>
        writer.Failures > 0
            ? HealthCheck.Degraded(
                Name, $"events cannot be written, {writer.Waiting} wait", "See the server's log for the reason. Turns go on; what does not fit into Timeline__BufferedEntries is lost.")
        : counts.LastDrop is { } last && time.GetUtcNow() - last < Lately
            ? HealthCheck.Degraded(
                Name, $"{counts.Dropped} events were lost since the start, some within the last five minutes",
                "More is recorded than the database takes, or it refused some: see the server's log. Timeline__BufferedEntries bridges longer bursts.")
        : HealthCheck.Ok(Name, counts.Dropped == 0 ? "events are recorded, none lost" : $"events are recorded; {counts.Dropped} were lost since the start");

    private Dictionary<string, object?> Details() => new(StringComparer.Ordinal)
    {
        ["recorded"] = counts.Recorded,
        ["dropped"] = counts.Dropped,
        ["waiting"] = writer.Waiting,
    };
}
