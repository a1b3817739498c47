using Evenkeel.Realtime.Connections;
using Evenkeel.Realtime.Frames;

namespace Evenkeel.Realtime.Streams;

/// <summary>A connection by SSE: the same frames, one way.</summary>
internal sealed class StreamConnection(ConnectionParts parts) : Connection(parts)
{
    private readonly TaskCompletionSource _closing = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public override Transport Transport => Transport.EventStream;

    /// <summary>Tells browsers to come back soon after a loss; they add no jitter, so not at once.</summary>
    public void SendRetryHint() => WriteRaw("retry: 2000\n\n"u8.ToArray());

    /// <summary>Completes when the server has said its last word, or the client has left.</summary>
    public async Task EndedAsync(CancellationToken clientLeft)
    {
        await using var registration = clientLeft.Register(() => _closing.TrySetResult());
        await _closing.Task;
        await DrainedAsync();
    }

    /// <inheritdoc/>
    protected override void OnClosing() => _closing.TrySetResult();
}
