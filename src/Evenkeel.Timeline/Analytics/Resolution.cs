namespace Evenkeel.Timeline.Analytics;

/// <summary>Spans of time that numbers are kept for, in seconds; all begin at multiples of themselves since 1970, UTC.</summary>
internal static class Resolution
{
    public const int Minute = 60;
    public const int Hour = 3_600;
    public const int Day = 86_400;

    /// <summary>The beginning of the span that a time lies in.</summary>
    public static DateTimeOffset Floor(DateTimeOffset time, int seconds)
    {
        var since = time.ToUnixTimeSeconds();
        return DateTimeOffset.FromUnixTimeSeconds(since - (((since % seconds) + seconds) % seconds));
    }

    /// <summary>The next beginning of a span at or after a time.</summary>
    public static DateTimeOffset Ceiling(DateTimeOffset time, int seconds) =>
        Floor(time, seconds) is var floor && floor == time ? time : floor.AddSeconds(seconds);
}
