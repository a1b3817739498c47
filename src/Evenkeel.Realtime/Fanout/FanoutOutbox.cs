using System.Diagnostics.CodeAnalysis;
using System.Threading.Channels;
using Evenkeel.Realtime.Frames;
using Microsoft.Extensions.Options;

namespace Evenkeel.Realtime.Fanout;

/// <summary>
/// What this process has to tell the others: a bounded buffer between turns and the broker. Adding never waits; without a broker, or when it is
/// too slow, messages are dropped and counted. Everything durable is found in the database by whoever missed it.
/// </summary>
internal sealed class FanoutOutbox(IOptions<FanoutOptions> options, FanoutMetrics metrics)
{
    private const long MostBytes = 32 * 1024 * 1024;

    private readonly Channel<FanoutMessage> _waiting = Channel.CreateBounded<FanoutMessage>(
        new BoundedChannelOptions(options.Value.RabbitMq.MaxWaiting) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });

    private long _waitingBytes;
    private volatile bool _isOpen;
    private int _hasDropped;

    /// <summary>Whether there are others to tell.</summary>
    public bool IsOn { get; } = options.Value.IsRabbitMq;

    /// <summary>Whether the broker can be reached: then others hear now, and what they say is heard.</summary>
    public bool IsOpen => _isOpen;

    /// <summary>A frame of a thread, for the processes that watch it; or for one that asked.</summary>
    public void Frame(Guid threadId, EncodedFrame frame, string? toQueue = null)
    {
        if (IsOn)
        {
            Add(new FanoutMessage(FanoutKind.Frame, threadId, frame.Json) { ToQueue = toQueue });
        }
    }

    /// <summary>Something about a thread or turn without a frame.</summary>
    public void Signal(FanoutKind kind, Guid subject)
    {
        if (IsOn)
        {
            Add(new FanoutMessage(kind, subject, default));
        }
    }

    /// <summary>The broker is there.</summary>
    public void Open() => _isOpen = true;

    /// <summary>The broker is away: what waits would be stale when it is back.</summary>
    public void Close()
    {
        _isOpen = false;
        while (TryTake(out _))
        {
            Drop("disconnected");
        }
    }

    /// <summary>Waits for something to send.</summary>
    public ValueTask<bool> WaitAsync(CancellationToken cancellationToken) => _waiting.Reader.WaitToReadAsync(cancellationToken);

    /// <summary>The next message, in the order in which they were added.</summary>
    public bool TryTake([MaybeNullWhen(false)] out FanoutMessage message)
    {
        if (!_waiting.Reader.TryRead(out message))
        {
            return false;
        }

        Interlocked.Add(ref _waitingBytes, -message.Length);
        return true;
    }

    /// <summary>Whether something was dropped since the last call: then others are told to look into the database.</summary>
    public bool TakeHasDropped() => Interlocked.Exchange(ref _hasDropped, 0) == 1;

    private void Add(FanoutMessage message)
    {
        if (!_isOpen)
        {
            Drop("disconnected");
        }
        else if (Interlocked.Add(ref _waitingBytes, message.Length) > MostBytes || !_waiting.Writer.TryWrite(message))
        {
            Interlocked.Add(ref _waitingBytes, -message.Length);
            Drop("full");
        }
    }

    private void Drop(string reason)
    {
        metrics.Dropped(reason);
        Volatile.Write(ref _hasDropped, 1);
    }
}
