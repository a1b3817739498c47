using Evenkeel.Platform.Background;
using Evenkeel.Realtime;
using Microsoft.Extensions.Logging;

namespace Evenkeel.Timeline.Reading;

/// <summary>
/// Sends events to the sockets that subscribed to them. It reads the same rows as the REST endpoints, by <c>seq</c>, which is given out under the
/// session's row lock: nothing can appear behind the position already read. Without subscribers it reads nothing.
/// </summary>
internal sealed class PublishEvents(ReadEvents events, IBroadcast broadcast, TimeProvider time, ILogger<PublishEvents> logger)
    : BackgroundLoop(time, logger, TimeSpan.FromMilliseconds(150))
{
    private const int LargestRead = 200;

    private readonly Dictionary<Guid, long> _positions = [];

    /// <inheritdoc/>
    protected override async Task<bool> RunOnceAsync(CancellationToken cancellationToken)
    {
        var audiences = broadcast.EventAudiences();
        foreach (var gone in _positions.Keys.Except(audiences.Select(audience => audience.ThreadId)).ToArray())
        {
            _positions.Remove(gone);
        }

        var more = false;
        foreach (var audience in audiences)
        {
            more |= _positions.TryGetValue(audience.ThreadId, out var position)
                ? await PublishAsync(audience, position, cancellationToken)
                : await StartAsync(audience, cancellationToken);
        }

        return more;
    }

    /// <summary>A new audience hears what is recorded from now on; what was before is read by REST.</summary>
    private async Task<bool> StartAsync(EventAudience audience, CancellationToken cancellationToken)
    {
        var newest = await events.RunAsync(audience.OrganizationId, audience.ThreadId, new EventFilter { Limit = 1, Latest = true }, cancellationToken);
        _positions[audience.ThreadId] = newest is [var last] ? last.Seq : 0;
        return false;
    }

    private async Task<bool> PublishAsync(EventAudience audience, long position, CancellationToken cancellationToken)
    {
        var recorded = await events.RunAsync(
            audience.OrganizationId, audience.ThreadId, new EventFilter { AfterSeq = position, Limit = LargestRead }, cancellationToken) ?? [];
        foreach (var timelineEvent in recorded)
        {
            broadcast.Event(audience.ThreadId, timelineEvent);
            _positions[audience.ThreadId] = timelineEvent.Seq;
        }

        return recorded.Count == LargestRead;
    }
}
