using System.Diagnostics;

namespace Evenkeel.Platform.Tracing;

/// <summary>
/// The spans of this program. Without an exporter there is no listener, and starting one costs nothing and gives null. Tags are ids, numbers and codes; what
/// else gets into a span is judged by <see cref="Privacy.RedactSpans"/> when it ends.
/// </summary>
public static class Spans
{
    /// <summary>The one source.</summary>
    public const string SourceName = "Evenkeel";

    /// <summary>From the send to the claim of its turn.</summary>
    public const string Queue = "queue turns";

    /// <summary>A stage that OpenTelemetry has no name of its own for: <c>stage moderation</c>.</summary>
    public const string Stage = "stage";

    /// <summary>A durable frame handed to the connections of this process: <c>deliver chat_message</c>.</summary>
    public const string Deliver = "deliver";

    private static readonly ActivitySource Source = new(SourceName);

    /// <summary>The span under which the caller runs, as W3C <c>traceparent</c>; null when it is not recorded by anybody.</summary>
    public static string? Traceparent => Activity.Current is { Recorded: true, IdFormat: ActivityIdFormat.W3C } current ? current.Id : null;

    /// <summary>Starts a span below the current one; null where there is none, so that what a background loop does makes no traces.</summary>
    public static Activity? StartBelow(string name, ActivityKind kind = ActivityKind.Internal) => Activity.Current is null ? null : Source.StartActivity(name, kind);

    /// <summary>Goes on with a trace that began elsewhere.</summary>
    /// <param name="traceparent">As <see cref="Traceparent"/> gave it; null, or what is none, begins a new trace.</param>
    /// <param name="name">The span's name.</param>
    /// <param name="kind">Its kind.</param>
    /// <param name="startedAt">When it began, if not now.</param>
    public static Activity? Continue(string? traceparent, string name, ActivityKind kind, DateTimeOffset startedAt = default) =>
        ActivityContext.TryParse(traceparent, null, isRemote: true, out var parent)
            ? Source.StartActivity(name, kind, parent, startTime: startedAt)
            : Source.StartActivity(name, kind, parentContext: default, startTime: startedAt);

    /// <summary>Marks the span as failed.</summary>
    /// <param name="span">Null does nothing.</param>
    /// <param name="errorType">A code; never a message.</param>
    public static void Fail(this Activity? span, string errorType) => span?.SetStatus(ActivityStatusCode.Error).SetTag(GenAi.ErrorType, errorType);
}
