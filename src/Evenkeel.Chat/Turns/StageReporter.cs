using Evenkeel.Contracts.Errors;
using Evenkeel.Contracts.Frames;
using Evenkeel.Contracts.Timeline;
using Evenkeel.Platform.Tracing;
using Evenkeel.Realtime;
using Evenkeel.Timeline;
using Evenkeel.Timeline.Catalogue;

namespace Evenkeel.Chat.Turns;

/// <summary>Runs a stage and records it: started, then completed or failed, with its duration; clients see the stage's text.</summary>
internal sealed class StageReporter(ITimeline timeline, EventTexts texts, IBroadcast broadcast, TimeProvider time)
{
    private static readonly TimeSpan WorthShowing = TimeSpan.FromMilliseconds(50);

    /// <summary>Runs <paramref name="stage"/>; its failure is recorded and thrown on.</summary>
    public async Task RunAsync(ITurnStage stage, TurnContext context, CancellationToken cancellationToken)
    {
        var turn = context.Turn;
        cancellationToken.ThrowIfCancellationRequested();
        timeline.Record(Entry(turn, stage.EventType, TimelineEventStatus.Started));
        using var span = TurnSpan.Stage(stage.EventType);
        var started = time.GetTimestamp();
        try
        {
            var data = await AnnouncedAsync(stage.RunAsync(context, cancellationToken), stage, turn);
            timeline.Record(Entry(turn, stage.EventType, TimelineEventStatus.Completed) with
            {
                ProcessingTime = time.GetElapsedTime(started),
                Data = EventData.Of(data),
                // Something optional was missing, or what was asked for cannot be had, and the stage went on without it.
                ErrorType = data.GetValueOrDefault("error_type") as string,
                ErrorSeverity = data.GetValueOrDefault("severity") as string ?? (data.ContainsKey("degraded") ? "warning" : null),
            });
        }
        catch (Exception exception)
        {
            var failure = Failure(Entry(turn, stage.EventType, TimelineEventStatus.Failed), exception) with { ProcessingTime = time.GetElapsedTime(started) };
            timeline.Record(failure);
            span.Fail(failure.ErrorType!);
            throw;
        }
    }

    /// <summary>
    /// Shows clients the stage's text once it has run for a moment: most stages are over sooner than anybody could read it, and a frame for
    /// each would be half of all that is sent in a turn. Disposing the timer waits for a frame on its way, so none comes after the stage.
    /// </summary>
    private async Task<T> AnnouncedAsync<T>(Task<T> run, ITurnStage stage, Turn turn)
    {
        if (run.IsCompleted)
        {
            return await run;
        }

        await using var announcement = time.CreateTimer(_ => Announce(stage, turn), null, WorthShowing, Timeout.InfiniteTimeSpan);
        return await run;
    }

    private void Announce(ITurnStage stage, Turn turn) => broadcast.TurnStatus(turn.ThreadId, new ChatStatusFrame
    {
        Event = StatusEvent.Stage,
        TurnId = turn.Id,
        Stage = stage.EventType,
        UserMessage = texts.Of(stage.EventType, TimelineEventStatus.Started, turn.Language),
        Attempt = turn.Attempt,
        Deadline = time.GetUtcNow() + stage.Patience,
        Cid = turn.CorrelationId,
    });

    /// <summary>Records what happened within a stage; <paramref name="data"/> holds names and numbers, never text of messages or providers.</summary>
    public void Progress(Turn turn, string type, object data) =>
        timeline.Record(Entry(turn, type, TimelineEventStatus.Progress) with { Data = EventData.Of(data) });

    /// <summary>As <see cref="Progress"/>, for what an operator should see.</summary>
    public void Warn(Turn turn, string type, object data) => timeline.Record(Entry(turn, type, TimelineEventStatus.Progress) with
    {
        ErrorSeverity = "warning",
        Data = EventData.Of(data),
    });

    /// <summary>Records that this worker goes on with a turn that another one began.</summary>
    public void TakenOver(Turn turn) => timeline.Record(Entry(turn, TimelineEventType.TurnTakenOver, TimelineEventStatus.Completed));

    /// <summary>The last event, written with the turn's end in one transaction.</summary>
    public TimelineEntry Saved(Turn turn, Guid messageId, TimeSpan elapsed) =>
        Entry(turn, TimelineEventType.SavingMessage, TimelineEventStatus.Completed) with { MessageId = messageId, ProcessingTime = elapsed };

    /// <summary>The last event of a turn that failed, written with its end in one transaction.</summary>
    public TimelineEntry Failed(Turn turn, string errorCode, Guid messageId) =>
        Entry(turn, TimelineEventType.Error, TimelineEventStatus.Failed) with
        {
            MessageId = messageId,
            ErrorType = errorCode,
            ErrorSeverity = ErrorCatalogue.Of(errorCode).Severity,
            Data = EventData.Of(new { error_code = errorCode }),
        };

    /// <summary>All that is measured of <paramref name="turn"/>, written with its end in one transaction.</summary>
    public TimelineEntry Ended(Turn turn, Guid messageId, TurnEnded measured) =>
        measured.ToEntry(Entry(turn, TimelineEventType.TurnEnded, TimelineEventStatus.Completed) with { MessageId = messageId });

    /// <summary>The end of <paramref name="turn"/> opened the conversation's breaker.</summary>
    public TimelineEntry BreakerOpened(Turn turn, TimeSpan coolDown) =>
        Entry(turn, TimelineEventType.BreakerOpened, TimelineEventStatus.Completed) with
        {
            ErrorSeverity = "warning",
            Data = EventData.Of(new { failures = turn.Breaker.Failures + 1, cool_down_s = coolDown.TotalSeconds }),
        };

    /// <summary>The success of <paramref name="turn"/> closed the conversation's breaker.</summary>
    public TimelineEntry BreakerClosed(Turn turn) => Entry(turn, TimelineEventType.BreakerClosed, TimelineEventStatus.Completed);

    private TimelineEntry Entry(Turn turn, string type, string status) => new()
    {
        OrganizationId = turn.OrganizationId,
        SessionId = turn.ThreadId,
        MessageId = turn.MessageId,
        TurnId = turn.Id,
        EventType = type,
        EventStatus = status,
        Timestamp = time.GetUtcNow(),
        CorrelationId = turn.CorrelationId,
        Attempt = turn.Attempt,
    };

    private static TimelineEntry Failure(TimelineEntry entry, Exception exception) => exception switch
    {
        StageFailedException failure => entry with
        {
            ErrorType = failure.ErrorType,
            ErrorSeverity = ErrorCatalogue.Of(failure.Error.Code).Severity,
            Data = EventData.Of(new Dictionary<string, object?>(failure.Facts, StringComparer.Ordinal) { ["error_code"] = failure.Error.Code }),
        },
        OperationCanceledException => entry with { ErrorType = "cancelled", ErrorSeverity = "info" },
        _ => entry with { ErrorType = "server_error", ErrorSeverity = "critical" },
    };
}
