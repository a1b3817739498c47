using Evenkeel.Realtime.Connections;
using Evenkeel.Realtime.Frames;

namespace Evenkeel.Realtime.Events;

/// <summary>What one connection wants of one session's events, and how far it has come. Changed under the feed's lock once it is live.</summary>
/// <param name="connection">Whom to send to.</param>
/// <param name="access">What it may see.</param>
/// <param name="types">Types it wants; null or <c>*</c> = all.</param>
/// <param name="seq">It wants what comes after.</param>
internal sealed class EventSubscription(Connection connection, EventAccess access, IReadOnlySet<string>? types, long seq)
{
    public EventAccess Access => access;

    /// <summary>Everything up to here has been sent, or is not wanted.</summary>
    public long Seq { get; private set; } = seq;

    /// <summary>Other types from the next event on.</summary>
    public IReadOnlySet<string>? Types { get; set; } = types;

    public Connection Connection => connection;

    /// <summary>Live events: written at once, whatever the client's pace.</summary>
    public void Take(EncodedEvents events)
    {
        var wanted = Wanted(events);
        if (wanted.Count > 0)
        {
            connection.Push(wanted);
        }
    }

    /// <summary>Events of the past: written at the client's pace.</summary>
    public Task TakeAsync(EncodedEvents events) => connection.SendAsync(Wanted(events));

    private List<EncodedFrame> Wanted(EncodedEvents encoded)
    {
        var frames = encoded.For(access.View);
        var wanted = new List<EncodedFrame>(frames.Length);
        for (var index = 0; index < frames.Length; index++)
        {
            var one = encoded.Events[index];
            if (one.Seq <= Seq)
            {
                continue;
            }

            Seq = one.Seq;
            if (frames[index] is { } frame && Wants(one.EventType))
            {
                wanted.Add(frame);
            }
        }

        return wanted;
    }

    private bool Wants(string type) => Types is not { } types || types.Contains(type) || types.Contains("*");
}
