using System.Collections.Immutable;

namespace Evenkeel.Timeline.Recording;

/// <summary>
/// Says which sessions have new rows that this process wrote, once they are committed and to be read. Other processes' rows are not told of: who must
/// see them too looks at times.
/// </summary>
internal sealed class RecordedSessions
{
    private ImmutableArray<Action<IReadOnlyCollection<Guid>>> _listeners = [];

    /// <summary>
    /// From now on <paramref name="listener"/> is called after each commit with every session of it once, on the thread that wrote: it takes note, returns, and
    /// never throws.
    /// </summary>
    public void Listen(Action<IReadOnlyCollection<Guid>> listener) =>
        ImmutableInterlocked.Update(ref _listeners, static (listeners, added) => listeners.Add(added), listener);

    /// <summary>Rows of these sessions were committed.</summary>
    public void Tell(IReadOnlyCollection<Guid> sessions)
    {
        if (sessions.Count == 0)
        {
            return;
        }

        foreach (var listener in _listeners)
        {
            listener(sessions);
        }
    }
}
