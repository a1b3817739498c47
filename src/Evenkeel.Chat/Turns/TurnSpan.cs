using System.Diagnostics;
using Evenkeel.Contracts.Timeline;
using Evenkeel.Platform.Tracing;

namespace Evenkeel.Chat.Turns;

/// <summary>A turn as traces show it: the wait in the queue, then the workflow with its stages, below the request that sent the message.</summary>
internal static class TurnSpan
{
    /// <summary>Begins the workflow in the trace of the send; all that is done for the turn stands below it. Null when nobody records.</summary>
    public static Activity? Begin(Turn turn, TimeProvider time)
    {
        // The wait is over: it is told of afterwards.
        var queued = Spans.Continue(turn.Traceparent, Spans.Queue, ActivityKind.Consumer, turn.QueuedAt);
        var now = time.GetUtcNow();
        queued?.SetTag("evenkeel.turn.id", turn.Id).SetTag("evenkeel.turn.attempt", turn.Attempt).SetEndTime((now > turn.QueuedAt ? now : turn.QueuedAt).UtcDateTime).Stop();
        return Spans.Continue(turn.Traceparent ?? queued?.Id, $"{GenAi.InvokeWorkflow} {GenAi.ChatTurn}", ActivityKind.Internal)
            ?.SetTag(GenAi.OperationName, GenAi.InvokeWorkflow)
            .SetTag(GenAi.WorkflowName, GenAi.ChatTurn)
            .SetTag(GenAi.ConversationId, turn.ThreadId)
            .SetTag("evenkeel.turn.id", turn.Id)
            .SetTag("evenkeel.turn.attempt", turn.Attempt)
            .SetTag("evenkeel.correlation_id", turn.CorrelationId);
    }

    /// <summary>Begins a stage.</summary>
    public static Activity? Stage(string eventType) => eventType switch
    {
        TimelineEventType.ToolSearchDocuments => Retrieval("documents"),
        TimelineEventType.ToolSearchEvents => Retrieval("events"),
        _ => Spans.StartBelow($"{Spans.Stage} {eventType}"),
    };

    /// <summary>How the current turn ended.</summary>
    public static void End(string status, string? errorCode)
    {
        if (Activity.Current is { } span && span.DisplayName.StartsWith(GenAi.InvokeWorkflow, StringComparison.Ordinal))
        {
            span.SetTag("evenkeel.turn.status", status);
            if (errorCode is not null)
            {
                span.Fail(errorCode);
            }
        }
    }

    private static Activity? Retrieval(string source) =>
        Spans.StartBelow($"{GenAi.Retrieval} {source}")?.SetTag(GenAi.OperationName, GenAi.Retrieval).SetTag(GenAi.DataSourceId, source);
}
