using Microsoft.Extensions.Logging;

namespace Evenkeel.Realtime.Connections;

/// <summary>One line when a connection is signed in and one when it ends; both are counted.</summary>
internal sealed partial class ConnectionLog(ILogger<ConnectionLog> logger, Heartbeat heartbeat, DeliveryCounts counts)
{
    public void Opened(Connection connection, long? afterSeq)
    {
        // The stream of one turn always begins behind something, and resumes nothing.
        counts.NoteOpened(isResumed: afterSeq is not null && connection.OnlyTurn is null);
        Log.Opened(logger, connection.Id, connection.Transport, connection.ThreadId, connection.Caller?.UserId, afterSeq, connection.CorrelationId);
    }

    /// <param name="connection">The connection.</param>
    /// <param name="endedBy">What ended it, where it was not the server.</param>
    public void Closed(Connection connection, string endedBy)
    {
        var reason = connection.Closing?.Name ?? endedBy;
        counts.NoteClosed(reason);
        Log.Closed(
            logger, connection.Id, connection.Transport, connection.ThreadId, connection.Caller?.UserId, reason, connection.Closing?.Code,
            (heartbeat.Now - connection.OpenedAt) / 1000, connection.FramesSent, connection.CorrelationId);
    }

    public void Failed(Connection connection, Exception exception) => Log.Failed(logger, exception, connection.Id, connection.ThreadId, connection.CorrelationId);

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, EventName = "connection_opened", Message = "Connection {ConnectionId} ({Transport}) to thread {ThreadId} opened by user {UserId} after seq {AfterSeq} ({CorrelationId})")]
        public static partial void Opened(ILogger logger, Guid connectionId, Frames.Transport transport, Guid threadId, Guid? userId, long? afterSeq, Guid correlationId);

        [LoggerMessage(Level = LogLevel.Information, EventName = "connection_closed", Message = "Connection {ConnectionId} ({Transport}) to thread {ThreadId} of user {UserId} ended: {Reason} {CloseCode} after {DurationSeconds} s and {Frames} frames ({CorrelationId})")]
        public static partial void Closed(ILogger logger, Guid connectionId, Frames.Transport transport, Guid threadId, Guid? userId, string reason, int? closeCode, long durationSeconds, long frames, Guid correlationId);

        [LoggerMessage(Level = LogLevel.Error, EventName = "connection_failed", Message = "Connection {ConnectionId} to thread {ThreadId} failed ({CorrelationId})")]
        public static partial void Failed(ILogger logger, Exception exception, Guid connectionId, Guid threadId, Guid correlationId);
    }
}
