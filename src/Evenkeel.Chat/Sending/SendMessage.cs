using Evenkeel.Accounts;
using Evenkeel.Chat.Threads;
using Evenkeel.Chat.Turns;
using Evenkeel.Chatbots;
using Evenkeel.Contracts.Chats;
using Evenkeel.Contracts.Frames;
using Evenkeel.Models;
using Evenkeel.Platform.Data;
using Evenkeel.Platform.Errors;
using Evenkeel.Platform.Identifiers;
using Evenkeel.Realtime;
using Evenkeel.Search.Catalogue;
using Evenkeel.Timeline;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Evenkeel.Chat.Sending;

/// <summary>A message on its way in, whichever door it came through.</summary>
internal sealed record IncomingMessage
{
    public required Caller Caller { get; init; }
    public required SendMessageRequest Request { get; init; }

    /// <summary>Made by the client at each send.</summary>
    public required Guid CorrelationId { get; init; }

    /// <summary><c>en</c> or <c>zh</c>.</summary>
    public required string Language { get; init; }

    /// <summary>A failure asked for by an administrator.</summary>
    public ForcedError? Forced { get; init; }
}

/// <summary>What was stored.</summary>
internal sealed record AcceptedMessage
{
    public required Guid ThreadId { get; init; }
    public required Guid MessageId { get; init; }
    public required Guid TurnId { get; init; }
    public required long Seq { get; init; }

    /// <summary>Open turns of the thread before this one.</summary>
    public required int Ahead { get; init; }

    /// <summary>The turn's own: a repeated send is told the one its frames carry.</summary>
    public required Guid CorrelationId { get; init; }
}

/// <summary>
/// Accepts a message: message, turn, and first timeline event in one transaction of one round trip, under the conversation's row lock.
/// The same <c>client_message_id</c> finds what it made the first time, before any limit is looked at.
/// </summary>
internal sealed partial class SendMessage(
    Database database, StoreOnce store, IChatbotDirectory chatbots, IEventSearch events, ITimeline timeline, IBroadcast broadcast, IdSource ids, TimeProvider time,
    SendLimits limits, QueueMonitor queue, TurnCosts costs, TurnQueueSignal signal,
    IOptions<ChatOptions> options, ILogger<SendMessage> logger)
{
    private const int LongestTitle = 80;

    private const string StartThread =
        """
        WITH thread AS (
            INSERT INTO conversations (id, organization_id, user_id, chatbot_id, title, last_seq, created_at, updated_at)
            VALUES ($1, $2, $3, $15, $16, 1, $10, $10)
            RETURNING id, chatbot_id, last_seq
        ),
        """;

    private const string ContinueThread =
        """
        WITH thread AS (
            UPDATE conversations SET last_seq = last_seq + 1, updated_at = $10
            WHERE id = $1 AND organization_id = $2 AND user_id = $3 AND deleted_at IS NULL
            RETURNING id, chatbot_id, last_seq
        ),
        """;

    // $1 thread, $2 organization, $3 user, $4 message, $5 turn, $6 text, $7 client id, $8 correlation, $9 language, $10 now,
    // $11 limit of open turns, $12 role, $13 forced error, $14 credits held, $15 chatbot, $16 title, $17 events that may be looked at, $18 time zone, $19 trace
    // The hold takes the turn from the statement that inserts it, and so comes after it: a repeated message waits there for the end of the turn it repeats,
    // and that end needs the account which the hold locks.
    private const string StoreTurn =
        """
        open AS (
            SELECT count(*)::int AS ahead FROM turns WHERE conversation_id = $1 AND status IN ('queued', 'running')
        ), message AS (
            INSERT INTO messages (id, organization_id, conversation_id, seq, turn_id, role, status, text, client_message_id, created_at)
            SELECT $4, $2, $1, last_seq, $5, $12, 'complete', $6, $7, $10 FROM thread
            RETURNING seq
        ), turn AS (
            INSERT INTO turns (id, organization_id, conversation_id, chatbot_id, user_id, message_id, message_seq, position,
                               client_message_id, correlation_id, language, status, queued_at, forced_error, event_ids, time_zone, traceparent)
            SELECT $5, $2, $1, thread.chatbot_id, $3, $4, message.seq, message.seq, $7, $8, $9, 'queued', $10, $13, $17, $18, $19 FROM thread, message
            RETURNING id
        )
        SELECT thread.last_seq, open.ahead, CASE WHEN open.ahead >= $11 THEN refuse('EK002') ELSE credit_hold($2, turn.id, $1, $14) END FROM thread, open, turn
        """;

    /// <summary>Stores the message and queues its turn.</summary>
    public async Task<Result<AcceptedMessage>> HandleAsync(IncomingMessage incoming, CancellationToken cancellationToken)
    {
        if (SendMessageRules.Check(incoming.Request) is { } invalid)
        {
            return invalid;
        }

        try
        {
            var result = await TryStoreAsync(incoming, cancellationToken);
            // Whatever refuses it now (a limit, a full queue, a chatbot or thread that is gone): a repeated message was accepted before.
            return result.Error is not null && await FindRepeatedAsync(incoming, cancellationToken) is { } repeated ? repeated : result;
        }
        catch (PostgresException exception) when (exception is { SqlState: PostgresErrorCodes.UniqueViolation, ConstraintName: "turns_idempotency" })
        {
            return await FindRepeatedAsync(incoming, cancellationToken) ?? throw new InvalidOperationException("A repeated message has no turn.", exception);
        }
    }

    private async Task<Result<AcceptedMessage>> TryStoreAsync(IncomingMessage incoming, CancellationToken cancellationToken)
    {
        if (limits.Refuse(incoming.Caller.UserId) is { } refused)
        {
            return refused;
        }

        if (queue.IsFull)
        {
            return queue.Refusal();
        }

        var restriction = await RestrictionAsync(incoming, cancellationToken);
        if (!restriction.TryGet(out var allowed, out var error))
        {
            return error;
        }

        return incoming.Request.ThreadId is { } threadId
            ? await StoreAsync(NewTurn.Of(incoming, threadId, ids, time) with { OnlyEvents = allowed.Only }, cancellationToken)
            : await StartThreadAsync(incoming, allowed, cancellationToken);
    }

    /// <summary>The events that the turn may look at: kept with it, because a handle may be gone when it is run.</summary>
    private async Task<Result<Restriction>> RestrictionAsync(IncomingMessage incoming, CancellationToken cancellationToken)
    {
        if (incoming.Request.SearchHandle is not { } handle)
        {
            return new Restriction(incoming.Request.CandidateEventIds);
        }

        var found = await events.EventsOfAsync(incoming.Caller.OrganizationId, handle, cancellationToken);
        return found.TryGet(out var ids, out var error) ? new Restriction(ids) : error;
    }

    private readonly record struct Restriction(IReadOnlyList<Guid>? Only);

    private async Task<Result<AcceptedMessage>> StartThreadAsync(IncomingMessage incoming, Restriction restriction, CancellationToken cancellationToken)
    {
        var organizationId = incoming.Caller.OrganizationId;
        var chatbot = incoming.Request.ChatbotId is { } chatbotId
            ? await chatbots.FindAsync(organizationId, chatbotId, cancellationToken)
            : await chatbots.FirstAsync(organizationId, cancellationToken);
        if (chatbot is null)
        {
            return Error.NotFound;
        }

        return await StoreAsync(
            NewTurn.Of(incoming, ids.Next(), ids, time) with { Begins = new NewThread(chatbot.Id, Title(incoming.Request.Message!)), OnlyEvents = restriction.Only },
            cancellationToken);
    }

    private async Task<Result<AcceptedMessage>> StoreAsync(NewTurn turn, CancellationToken cancellationToken)
    {
        var result = await store.RunAsync(turn, withTimeline => WriteAsync(turn, withTimeline, cancellationToken), cancellationToken);
        if (result.TryGet(out var accepted, out _))
        {
            Announce(accepted, turn);
            Log.Accepted(logger, accepted.TurnId, accepted.ThreadId, accepted.Seq, turn.Caller.UserId, turn.CorrelationId);
        }

        return result;
    }

    private async Task<Result<AcceptedMessage>> WriteAsync(NewTurn turn, bool withTimeline, CancellationToken cancellationToken)
    {
        await using var batch = database.CreateBatch(DataScope.Organization(turn.Caller.OrganizationId));
        // A new thread has nothing before it.
        if (turn.Begins is null)
        {
            batch.Add(StoreOnce.AdmitTurn, Sql.Value(turn.ThreadId), Sql.Value(turn.Caller.UserId), Sql.Value(turn.TurnId));
        }

        batch.Add((turn.Begins is null ? ContinueThread : StartThread) + StoreTurn, turn.Parameters(options.Value.QueuedTurnsPerThread, costs.MostFor(turn.Question)));
        if (withTimeline)
        {
            timeline.AppendInTransaction(batch, [turn.Received()]);
        }

        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        if (turn.Begins is null)
        {
            await reader.NextResultAsync(cancellationToken);
        }

        return await reader.ReadAsync(cancellationToken) ? turn.Accepted(reader.GetInt64(0), reader.GetInt32(1)) : Error.NotFound;
    }

    private void Announce(AcceptedMessage accepted, NewTurn turn)
    {
        var cid = turn.CorrelationId;
        broadcast.PublishDurable(accepted.ThreadId, MessageRow.MessageFrame(turn.ToMessage(accepted.Seq)) with { Cid = cid }, accepted.Seq);
        broadcast.TurnStatus(accepted.ThreadId, new ChatStatusFrame
        {
            Event = StatusEvent.Queued,
            TurnId = accepted.TurnId,
            Position = accepted.Ahead,
            Cid = cid,
        });
        // Last: the worker must not overtake the frames above.
        signal.Wake();
    }

    private async Task<AcceptedMessage?> FindRepeatedAsync(IncomingMessage incoming, CancellationToken cancellationToken) =>
        incoming.Request.ClientMessageId is { } clientMessageId
            ? await store.FindAsync(
                incoming.Caller, "user_id = @UserId AND client_message_id = @ClientMessageId", new { incoming.Caller.UserId, ClientMessageId = clientMessageId },
                cancellationToken)
            : null;

    private static string Title(string message)
    {
        var line = string.Join(' ', message.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        if (line.Length <= LongestTitle)
        {
            return line;
        }

        // Never cut between the two halves of a surrogate pair.
        var end = char.IsHighSurrogate(line[LongestTitle - 2]) ? LongestTitle - 2 : LongestTitle - 1;
        return string.Concat(line.AsSpan(0, end), "…");
    }

    private static partial class Log
    {
        // The correlation id stands in the message too: a send through a socket has no request scope.
        [LoggerMessage(
            Level = LogLevel.Information, EventName = "message_accepted",
            Message = "Turn {TurnId} of thread {ThreadId} was queued at seq {Seq} for user {UserId} ({CorrelationId})")]
        public static partial void Accepted(ILogger logger, Guid turnId, Guid threadId, long seq, Guid userId, Guid correlationId);
    }
}
