using Evenkeel.Realtime.Frames;
using Evenkeel.Realtime.Live;
using Microsoft.Extensions.Logging;

namespace Evenkeel.Realtime.Fanout;

/// <summary>Applies what other processes say. Called for one message at a time, in the order of each sender; never waits.</summary>
internal sealed partial class FanoutInbox(
    LiveThreads threads, WatchedThreads watched, WorkerLink workers, FanoutMetrics metrics, ILogger<FanoutInbox> logger)
{
    /// <summary>Takes one message as it came.</summary>
    /// <param name="self">This process: its own words come back to it.</param>
    /// <param name="bytes">The message; not kept.</param>
    public void Receive(Guid self, ReadOnlySpan<byte> bytes)
    {
        if (!FanoutMessage.TryDecode(bytes, out var sender, out var message) || sender == self)
        {
            return;
        }

        metrics.Received();
        try
        {
            Apply(message);
        }
        catch (Exception exception)
        {
            // One bad message must not end the connection; what it said is found in the database.
            Log.Failed(logger, exception, message.Kind, message.Subject);
        }
    }

    private void Apply(FanoutMessage message)
    {
        switch (message.Kind)
        {
            case FanoutKind.Frame when watched.Contains(message.Subject) && ReadFrame.Of(message.Payload.Span) is { } frame:
                threads.Receive(message.Subject, frame);
                break;
            case FanoutKind.ThreadDeleted:
                threads.CloseDeleted(message.Subject);
                break;
            case FanoutKind.StopTurn:
                workers.ReceiveStop(message.Subject);
                break;
            case FanoutKind.SnapshotWanted:
                threads.AnswerWithText(message.Subject, message.Text);
                break;
            case FanoutKind.Dropped:
                watched.LookAtAll();
                break;
            case FanoutKind.Wake:
                workers.ReceiveWake();
                break;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "A message of another process ({Kind}, {Subject}) could not be applied")]
        public static partial void Failed(ILogger logger, Exception exception, FanoutKind kind, Guid subject);
    }
}
