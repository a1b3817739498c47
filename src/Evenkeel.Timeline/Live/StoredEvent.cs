using Evenkeel.Contracts.Timeline;
using Evenkeel.Realtime;
using Evenkeel.Timeline.CustomEvents;
using Evenkeel.Timeline.Reading;

namespace Evenkeel.Timeline.Live;

/// <summary>A row on its way to sockets.</summary>
internal sealed class StoredEvent(EventRow row, EventTypeBook types) : SessionEvent
{
    /// <inheritdoc/>
    public override long Seq => row.Seq;

    /// <inheritdoc/>
    public override string EventType => row.EventType;

    /// <inheritdoc/>
    public override TimelineEvent? For(EventView view) => VisibleEvents.Of(row, view, types);
}
