using Evenkeel.Timeline;
using Npgsql;

namespace Evenkeel.Chat;

/// <summary>States raised by the module's own SQL (function <c>refuse</c>).</summary>
internal static class OwnSqlState
{
    /// <summary>The turn is no longer the writer's.</summary>
    public const string TurnNotOwned = "EK001";

    /// <summary>Too many turns wait in the conversation.</summary>
    public const string ThreadIsFull = "EK002";
}

/// <summary>A write that also records timeline events must not fail because of them.</summary>
internal static class TimelineOrNot
{
    /// <summary>
    /// Runs <paramref name="write"/> with the timeline; when the database refuses for a reason that is not ours, once more without it:
    /// chat goes on when event storage fails. The first try was rolled back whole; the entries wait in the timeline's own buffer, which
    /// writes them when it can and counts what it must drop.
    /// </summary>
    public static async Task<T> RunAsync<T>(Func<bool, Task<T>> write, ITimeline timeline, IReadOnlyList<TimelineEntry> entries)
    {
        try
        {
            return await write(true);
        }
        catch (PostgresException exception) when (!IsAboutTheTurn(exception))
        {
            var written = await write(false);
            foreach (var entry in entries)
            {
                timeline.Record(entry);
            }

            return written;
        }
    }

    private static bool IsAboutTheTurn(PostgresException exception) =>
        exception.SqlState is OwnSqlState.TurnNotOwned or OwnSqlState.ThreadIsFull
        || (exception.SqlState == PostgresErrorCodes.UniqueViolation && exception.ConstraintName?.StartsWith("turns_", StringComparison.Ordinal) == true);
}
