namespace Evenkeel.Catalog.Import;

/// <summary>What a file may be.</summary>
internal static class ImportFormat
{
    /// <summary>Our own shape.</summary>
    public const string Json = "json";

    /// <summary>A list of conferences as collections of them are published.</summary>
    public const string Conferences = "conferences";
    public const string Csv = "csv";
    public const string ICalendar = "icalendar";

    public static IReadOnlyList<string> All { get; } = [Json, Conferences, Csv, ICalendar];

    /// <summary>What the file is: by its first characters, because names and media types are often wrong.</summary>
    /// <param name="text">The file, in UTF-8 without a mark.</param>
    public static string Of(ReadOnlySpan<byte> text)
    {
        var head = text.TrimStart(" \t\r\n"u8);
        const string beginning = "BEGIN:VCALENDAR";
        if (head.Length >= beginning.Length && System.Text.Ascii.EqualsIgnoreCase(head[..beginning.Length], beginning))
        {
            return ICalendar;
        }

        return head is [(byte)'[', ..] or [(byte)'{', ..] ? OfJson(head) : Csv;
    }

    /// <summary>The first object tells: ours has <c>starts</c>, a conference <c>startDate</c>.</summary>
    private static string OfJson(ReadOnlySpan<byte> head)
    {
        const int sampleBytes = 64 * 1024;
        var sample = head[..Math.Min(head.Length, sampleBytes)];
        var conference = sample.IndexOf("\"startDate\""u8);
        var own = sample.IndexOf("\"starts\""u8);
        return conference >= 0 && (own < 0 || conference < own) ? Conferences : Json;
    }
}
