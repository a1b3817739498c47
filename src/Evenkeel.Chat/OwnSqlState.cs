using System.Globalization;
using Evenkeel.Accounts.Credits;
using Evenkeel.Contracts.Errors;
using Evenkeel.Platform.Data;
using Evenkeel.Platform.Errors;
using Evenkeel.Timeline;
using Npgsql;

namespace Evenkeel.Chat;

/// <summary>States raised by the module's own SQL (function <c>refuse</c>); those of credits are in <see cref="CreditSqlState"/>.</summary>
internal static class OwnSqlState
{
    /// <summary>The turn is no longer the writer's.</summary>
    public const string TurnNotOwned = "EK001";

    /// <summary>Too many turns wait in the conversation.</summary>
    public const string ThreadIsFull = "EK002";

    /// <summary>The conversation's breaker is open; the hint is the wait in milliseconds.</summary>
    public const string CircuitIsOpen = "EK004";

    /// <summary>The refusal behind one of these states; null when it is none that a sender is told.</summary>
    public static Error? ToError(PostgresException exception) => exception.SqlState switch
    {
        ThreadIsFull => new Error(ErrorCode.QueueFull) { RetryAfter = TimeSpan.FromSeconds(5) },
        CreditSqlState.Insufficient => new Error(ErrorCode.InsufficientCredits),
        CircuitIsOpen => new Error(ErrorCode.CircuitOpen)
        {
            RetryAfter = TimeSpan.FromMilliseconds(double.Parse(exception.Hint!, CultureInfo.InvariantCulture)),
        },
        _ => null,
    };
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
            var written = await write(true);
            timeline.Committed(entries);
            return written;
        }
        catch (PostgresException exception) when (!DatabaseOutage.Is(exception) && !IsAboutTheTurn(exception))
        {
            var without = await write(false);
            foreach (var entry in entries)
            {
                timeline.Record(entry);
            }

            return without;
        }
    }

    private static bool IsAboutTheTurn(PostgresException exception) =>
        exception.SqlState.StartsWith("EK", StringComparison.Ordinal)
        || (exception.SqlState == PostgresErrorCodes.UniqueViolation && exception.ConstraintName?.StartsWith("turns_", StringComparison.Ordinal) == true);
}
