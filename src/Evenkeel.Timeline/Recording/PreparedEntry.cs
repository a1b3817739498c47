using Evenkeel.Contracts.Timeline;
using Evenkeel.Platform.Privacy;
using Evenkeel.Timeline.Catalogue;
using Microsoft.Extensions.Options;

namespace Evenkeel.Timeline.Recording;

/// <summary>An entry as it may be stored: nothing personal, no NUL, data within its bounds, and the class it is kept by.</summary>
/// <param name="Entry">What the rest is taken from.</param>
/// <param name="Retention">One of <see cref="RetentionClass"/>.</param>
/// <param name="ErrorType">Judged.</param>
/// <param name="Data">Judged JSON; null = none.</param>
internal readonly record struct PreparedEntry(TimelineEntry Entry, string Retention, string? ErrorType, ReadOnlyMemory<byte>? Data);

/// <summary>Everything that is recorded comes by here, so it is here that it is judged what may be.</summary>
internal sealed class PrepareEntries(EventTexts types, IOptions<TimelineOptions> options)
{
    /// <summary>Prepares one entry.</summary>
    public PreparedEntry Of(TimelineEntry entry)
    {
        var definition = types.Find(entry.EventType);
        var retention = ClassOf(entry, entry.Retention ?? definition?.Retention);
        var isSensitive = (entry.Privacy ?? definition?.Privacy) == PrivacyClass.Sensitive;
        return new PreparedEntry(
            IsStorable(entry) ? entry : Clean(entry),
            retention,
            entry.ErrorType is { } type ? Clean(Redaction.Text("error_type", type)) : null,
            // Null has to be said: an array that is null would become data that is empty.
            entry.Data is { } data ? DataOf(data.Utf8, retention, isSensitive) : (ReadOnlyMemory<byte>?)null);
    }

    /// <summary>What failed and what is an error is kept as one, whatever its type; a class that is not known counts as <see cref="RetentionClass.Event"/>.</summary>
    public static string ClassOf(TimelineEntry entry, string? declared) =>
        IsError(entry) ? RetentionClass.Error : declared is RetentionClass.Debug or RetentionClass.Error ? declared : RetentionClass.Event;

    /// <summary>Whether it may not be dropped.</summary>
    public static bool IsError(TimelineEntry entry) =>
        entry.EventStatus == TimelineEventStatus.Failed || entry.ErrorSeverity is "error" or "critical";

    private ReadOnlyMemory<byte> DataOf(ReadOnlyMemory<byte> data, string retention, bool isSensitive)
    {
        var most = retention == RetentionClass.Debug ? options.Value.LargestDebugDataBytes : options.Value.LargestDataBytes;
        if (data.Length > most)
        {
            return TooLarge(data.Length);
        }

        var judged = WithoutNul(Redaction.EventData(data, isSensitive));
        return judged.Length > most ? TooLarge(judged.Length) : judged;
    }

    private static ReadOnlyMemory<byte> TooLarge(int bytes) => System.Text.Encoding.UTF8.GetBytes($$"""{"withheld":"too_large","bytes":{{bytes}}}""");

    /// <summary>One NUL character would make PostgreSQL refuse a whole batch, or a turn's commit.</summary>
    private static ReadOnlyMemory<byte> WithoutNul(ReadOnlyMemory<byte> json)
    {
        var found = json.Span.IndexOf(@"\u0000"u8);
        if (found < 0)
        {
            return json;
        }

        var clean = json.ToArray();
        for (; found >= 0; found = clean.AsSpan().IndexOf(@"\u0000"u8))
        {
            @"\ufffd"u8.CopyTo(clean.AsSpan(found));
        }

        return clean;
    }

    private static bool IsStorable(TimelineEntry entry) =>
        !entry.EventType.Contains('\0', StringComparison.Ordinal)
        && !entry.EventStatus.Contains('\0', StringComparison.Ordinal)
        && entry.ErrorSeverity?.Contains('\0', StringComparison.Ordinal) is not true;

    private static TimelineEntry Clean(TimelineEntry entry) => entry with
    {
        EventType = Clean(entry.EventType),
        EventStatus = Clean(entry.EventStatus),
        ErrorSeverity = entry.ErrorSeverity is null ? null : Clean(entry.ErrorSeverity),
    };

    private static string Clean(string text) => text.Contains('\0', StringComparison.Ordinal) ? text.Replace("\0", "", StringComparison.Ordinal) : text;
}
