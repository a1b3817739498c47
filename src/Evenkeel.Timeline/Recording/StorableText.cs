using Evenkeel.Platform.Privacy;

namespace Evenkeel.Timeline.Recording;

/// <summary>Makes entries fit to be stored: nothing personal leaves through the timeline, and one NUL character would make PostgreSQL refuse a whole batch, or a turn's commit.</summary>
internal static class StorableText
{
    private const string EscapedNul = @"\u0000";

    /// <summary>
    /// The entry as it may be recorded: its data judged by <see cref="Redaction"/>, personal data masked in its text, and without NUL characters.
    /// </summary>
    public static TimelineEntry Of(TimelineEntry entry) => Clean(entry with
    {
        DataJson = entry.DataJson is { } data ? Redaction.EventData(data) : null,
        UserMessage = Redaction.Patterns(entry.UserMessage),
        ErrorType = entry.ErrorType is { } type ? Redaction.Text("error_type", type) : null,
    });

    private static TimelineEntry Clean(TimelineEntry entry) => IsStorable(entry) ? entry : entry with
    {
        DataJson = entry.DataJson?.Replace(EscapedNul, @"\ufffd", StringComparison.Ordinal),
        EventType = Clean(entry.EventType),
        EventStatus = Clean(entry.EventStatus),
        UserMessage = Clean(entry.UserMessage),
        ErrorType = entry.ErrorType is null ? null : Clean(entry.ErrorType),
        ErrorSeverity = entry.ErrorSeverity is null ? null : Clean(entry.ErrorSeverity),
    };

    private static bool IsStorable(TimelineEntry entry) =>
        entry.DataJson?.Contains(EscapedNul, StringComparison.Ordinal) is not true
        && !entry.UserMessage.Contains('\0', StringComparison.Ordinal)
        && !entry.EventType.Contains('\0', StringComparison.Ordinal)
        && !entry.EventStatus.Contains('\0', StringComparison.Ordinal)
        && entry.ErrorType?.Contains('\0', StringComparison.Ordinal) is not true
        && entry.ErrorSeverity?.Contains('\0', StringComparison.Ordinal) is not true;

    private static string Clean(string text) => text.Replace("\0", "", StringComparison.Ordinal);
}
