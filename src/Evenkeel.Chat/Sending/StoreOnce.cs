using Evenkeel.Accounts;
using Evenkeel.Contracts.Timeline;
using Evenkeel.Platform.Data;
using Evenkeel.Platform.Errors;
using Evenkeel.Timeline;
using Npgsql;

namespace Evenkeel.Chat.Sending;

/// <summary>A turn that is to be stored. Its ids are there before the first try, so that a second one collides with it.</summary>
internal record TurnToStore
{
    public required Caller Caller { get; init; }
    public required Guid TurnId { get; init; }
    public required Guid ThreadId { get; init; }

    /// <summary>The person's message.</summary>
    public required Guid MessageId { get; init; }
    public required string Question { get; init; }
    public required Guid CorrelationId { get; init; }

    /// <summary><c>en</c> or <c>zh</c>.</summary>
    public required string Language { get; init; }
    public required DateTimeOffset Now { get; init; }

    /// <summary>What the sender is told.</summary>
    public AcceptedMessage Accepted(long seq, int ahead) =>
        new() { ThreadId = ThreadId, MessageId = MessageId, TurnId = TurnId, Seq = seq, Ahead = ahead, CorrelationId = CorrelationId };

    /// <summary>The first event of the turn.</summary>
    public TimelineEntry Received() => new()
    {
        OrganizationId = Caller.OrganizationId,
        SessionId = ThreadId,
        MessageId = MessageId,
        TurnId = TurnId,
        EventType = TimelineEventType.MessageReceived,
        EventStatus = TimelineEventStatus.Completed,
        DataJson = $$"""{"characters":{{Question.Length}}}""",
        Timestamp = Now,
        CorrelationId = CorrelationId,
        Attempt = 0,
    };
}

/// <summary>Stores a turn with its first event. A connection lost in the middle leaves open whether it was stored: this finds out.</summary>
internal sealed class StoreOnce(Database database, ITimeline timeline)
{
    /// <summary>
    /// The first statement of the transaction where the thread exists, of its own: the one that stores then begins with a snapshot in which every
    /// turn stored before is to be seen, however many waited for this lock. $1 thread, $2 user, $3 turn
    /// </summary>
    public const string AdmitTurn = "SELECT admit_turn($1, $2, $3)";

    /// <summary>
    /// Runs the storing transaction, and once more when its connection was lost. The second one stores the turn now, or is refused, be it only
    /// because the first one stored it: then what that one stored is the answer.
    /// </summary>
    /// <param name="turn">What is stored.</param>
    /// <param name="writeAsync">The transaction, with or without <see cref="TurnToStore.Received"/>.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<Result<AcceptedMessage>> RunAsync(
        TurnToStore turn, Func<bool, Task<Result<AcceptedMessage>>> writeAsync, CancellationToken cancellationToken)
    {
        try
        {
            return await TryAsync(turn, writeAsync);
        }
        catch (NpgsqlException lost) when (DatabaseOutage.IsLostConnection(lost))
        {
            return await TryAgainAsync(turn, writeAsync, cancellationToken);
        }
    }

    /// <summary>A turn that was stored before.</summary>
    public Task<AcceptedMessage?> FindAsync(Caller caller, string condition, object args, CancellationToken cancellationToken) =>
        database.QueryFirstOrDefaultAsync<AcceptedMessage>(
            DataScope.Organization(caller.OrganizationId),
            $"""
            SELECT conversation_id AS thread_id, message_id, id AS turn_id, message_seq AS seq, correlation_id,
                   (SELECT count(*)::int FROM turns earlier
                    WHERE earlier.conversation_id = turns.conversation_id AND earlier.status IN ('queued', 'running')
                      AND (earlier.position, earlier.id) < (turns.position, turns.id)) AS ahead
            FROM turns WHERE {condition}
            """,
            args,
            cancellationToken);

    private async Task<Result<AcceptedMessage>> TryAgainAsync(
        TurnToStore turn, Func<bool, Task<Result<AcceptedMessage>>> writeAsync, CancellationToken cancellationToken)
    {
        Result<AcceptedMessage> again;
        try
        {
            again = await TryAsync(turn, writeAsync);
        }
        catch (PostgresException collision) when (collision.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            if (await FindAsync(turn, cancellationToken) is { } collided)
            {
                return collided;
            }

            throw;
        }

        return again.Error is not null && await FindAsync(turn, cancellationToken) is { } stored ? stored : again;
    }

    private async Task<Result<AcceptedMessage>> TryAsync(TurnToStore turn, Func<bool, Task<Result<AcceptedMessage>>> writeAsync)
    {
        try
        {
            return await TimelineOrNot.RunAsync(writeAsync, timeline, [turn.Received()]);
        }
        catch (PostgresException exception) when (OwnSqlState.ToError(exception) is { } error)
        {
            return error;
        }
    }

    private Task<AcceptedMessage?> FindAsync(TurnToStore turn, CancellationToken cancellationToken) =>
        FindAsync(turn.Caller, "id = @TurnId", new { turn.TurnId }, cancellationToken);
}
