using Evenkeel.Contracts.Frames;
using Evenkeel.Realtime.Frames;

namespace Evenkeel.Realtime.Events;

/// <summary>Events as frames, made once for each way of seeing them and shared by all who see them so.</summary>
internal sealed class EncodedEvents(IReadOnlyList<SessionEvent> events)
{
    private readonly Dictionary<EventView, EncodedFrame?[]> _frames = [];

    public IReadOnlyList<SessionEvent> Events => events;

    /// <summary>The frame of the event at a place; null where it is not seen.</summary>
    public EncodedFrame?[] For(EventView view)
    {
        if (!_frames.TryGetValue(view, out var frames))
        {
            frames = [.. events.Select(one => one.For(view) is { } seen ? EncodedFrame.Of(new EventFrame { Event = seen, Cid = seen.CorrelationId }) : null)];
            _frames.Add(view, frames);
        }

        return frames;
    }
}
