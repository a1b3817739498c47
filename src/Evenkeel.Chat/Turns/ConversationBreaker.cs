using Evenkeel.Contracts.Errors;

namespace Evenkeel.Chat.Turns;

/// <summary>How a turn's end counts for its conversation's breaker.</summary>
internal enum BreakerOutcome
{
    /// <summary>Neither: stopped, blocked, refused. A half-open breaker may let the next turn probe.</summary>
    None,

    /// <summary>The turn succeeded: the breaker closes and forgets.</summary>
    Success,

    /// <summary>The turn failed through no fault of the person's.</summary>
    Failure,
}

/// <summary>
/// The circuit breaker of one conversation as a turn finds it when it is claimed. Only the one running turn of a conversation changes these
/// numbers, so they still hold at its end.
/// <code>
/// closed --5 failed turns in a row--> open --cool-down over--> half open --probe succeeds--> closed
///                                      ^                           |
///                                      '------- probe fails -------'   (the cool-down doubles: 30 s to 5 min)
/// </code>
/// </summary>
/// <param name="Failures">Failed turns in a row.</param>
/// <param name="Openings">Openings in a row, 0 when closed.</param>
/// <param name="RefusesFor">How long it is still open for this turn; null when the turn may run.</param>
internal sealed record ConversationBreaker(int Failures, int Openings, TimeSpan? RefusesFor)
{
    /// <summary>Failed turns in a row that open it.</summary>
    public const int FailuresToOpen = 5;

    /// <summary>The first cool-down.</summary>
    public static readonly TimeSpan FirstCoolDown = TimeSpan.FromSeconds(30);

    /// <summary>The longest cool-down.</summary>
    public static readonly TimeSpan LongestCoolDown = TimeSpan.FromMinutes(5);

    /// <summary>A conversation in which nothing went wrong.</summary>
    public static ConversationBreaker Closed { get; } = new(0, 0, null);

    /// <summary>The cool-down that one more failure starts; null when the breaker stays closed.</summary>
    public TimeSpan? CoolDownAfterFailure()
    {
        if (Openings == 0 && Failures + 1 < FailuresToOpen)
        {
            return null;
        }

        var doubled = FirstCoolDown * Math.Pow(2, Math.Min(Openings, 10));
        return doubled < LongestCoolDown ? doubled : LongestCoolDown;
    }

    /// <summary>How an end with <paramref name="errorCode"/> counts. What the person asked for or caused is no failure of ours.</summary>
    public static BreakerOutcome OutcomeOf(string? errorCode) => errorCode switch
    {
        null => BreakerOutcome.Success,
        ErrorCode.LlmUnavailable or ErrorCode.LlmTimeout or ErrorCode.RagError or ErrorCode.WorkerLost or ErrorCode.ServerError => BreakerOutcome.Failure,
        _ => BreakerOutcome.None,
    };
}
