using System.Diagnostics.Metrics;
using Evenkeel.Platform.Tracing;

namespace Evenkeel.Chat.Turns;

/// <summary>How turns end, for <c>/metrics</c>. Tags are codes, never ids.</summary>
internal sealed class TurnMetrics
{
    private readonly Counter<long> _ended;
    private readonly Histogram<double> _duration;
    private readonly Histogram<double> _workflow;
    private readonly Counter<long> _breakersOpened;

    public TurnMetrics(IMeterFactory meters)
    {
        var meter = meters.Create("Evenkeel.Chat");
        _ended = meter.CreateCounter<long>("evenkeel.turns.ended", "{turn}", "Turns that reached their end, by status and error code.");
        _duration = meter.CreateHistogram<double>("evenkeel.turns.duration", "s", "From the send to the end of a turn, by status.");
        _workflow = meter.CreateHistogram<double>(GenAi.WorkflowDuration, "s", "From the send to the end of a turn.");
        _breakersOpened = meter.CreateCounter<long>("evenkeel.conversations.breaker_opened", "{opening}", "Conversations paused after repeated failures.");
    }

    /// <summary>A turn ended.</summary>
    public void Ended(string status, string? errorCode, TimeSpan sinceSend)
    {
        var byStatus = new KeyValuePair<string, object?>("status", status);
        _ended.Add(1, byStatus, new KeyValuePair<string, object?>("error_code", errorCode ?? ""));
        _duration.Record(sinceSend.TotalSeconds, byStatus);
        _workflow.Record(
            sinceSend.TotalSeconds,
            new KeyValuePair<string, object?>(GenAi.WorkflowName, GenAi.ChatTurn), new KeyValuePair<string, object?>(GenAi.ErrorType, errorCode ?? ""));
    }

    /// <summary>A conversation's breaker opened.</summary>
    public void BreakerOpened() => _breakersOpened.Add(1);
}
