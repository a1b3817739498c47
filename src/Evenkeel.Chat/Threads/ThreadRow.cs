using Evenkeel.Contracts.Chats;

namespace Evenkeel.Chat.Threads;

/// <summary>A conversation as stored.</summary>
internal sealed record ThreadRow
{
    /// <summary>Columns for SELECT lists over <c>conversations</c>.</summary>
    public const string Columns =
        """
        conversations.id, title, chatbot_id, last_seq, created_at, updated_at, breaker_failures, breaker_open_until,
        extract(epoch FROM breaker_open_until - now())::float8 AS breaker_open_seconds,
        (SELECT turns.id FROM turns WHERE turns.conversation_id = conversations.id AND turns.status IN ('queued', 'running')
         ORDER BY position, turns.id LIMIT 1) AS running_turn_id
        """;

    public required Guid Id { get; init; }
    public required string Title { get; init; }
    public required Guid ChatbotId { get; init; }
    public required long LastSeq { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }
    public required int BreakerFailures { get; init; }
    public DateTimeOffset? BreakerOpenUntil { get; init; }
    public double? BreakerOpenSeconds { get; init; }
    public Guid? RunningTurnId { get; init; }

    public ChatThread ToThread() => new()
    {
        Id = Id,
        Title = Title,
        ChatbotId = ChatbotId,
        LastSeq = LastSeq,
        CreatedAt = CreatedAt,
        UpdatedAt = UpdatedAt,
        RunningTurnId = RunningTurnId,
        Breaker = ToBreaker(),
    };

    public ThreadBreaker ToBreaker() => BreakerOpenSeconds switch
    {
        null => new ThreadBreaker { State = BreakerState.Closed, Failures = BreakerFailures },
        > 0 and { } seconds => new ThreadBreaker
        {
            State = BreakerState.Open,
            Failures = BreakerFailures,
            RetryAt = BreakerOpenUntil,
            RetryAfterSeconds = (int)Math.Ceiling(seconds),
        },
        _ => new ThreadBreaker { State = BreakerState.HalfOpen, Failures = BreakerFailures },
    };
}
