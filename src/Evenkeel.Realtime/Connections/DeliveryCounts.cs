using System.Collections.Concurrent;

namespace Evenkeel.Realtime.Connections;

/// <summary>Counts connections; see <see cref="IDeliveryCounts"/>.</summary>
internal sealed class DeliveryCounts(ConnectionRegistry registry) : IDeliveryCounts
{
    private readonly ConcurrentDictionary<string, long> _closed = new(StringComparer.Ordinal);
    private long _opened;
    private long _resumed;

    /// <inheritdoc/>
    public int Open => registry.Count;

    /// <inheritdoc/>
    public long Opened => Interlocked.Read(ref _opened);

    /// <inheritdoc/>
    public long Resumed => Interlocked.Read(ref _resumed);

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, long> ClosedByReason() => _closed.ToDictionary(StringComparer.Ordinal);

    public void NoteOpened(bool isResumed)
    {
        Interlocked.Increment(ref _opened);
        if (isResumed)
        {
            Interlocked.Increment(ref _resumed);
        }
    }

    public void NoteClosed(string reason) => _closed.AddOrUpdate(reason, 1, static (_, count) => count + 1);
}
