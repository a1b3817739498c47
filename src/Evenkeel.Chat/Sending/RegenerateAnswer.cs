using Evenkeel.Accounts;
using Evenkeel.Chat.Turns;
using Evenkeel.Contracts.Errors;
using Evenkeel.Contracts.Frames;
using Evenkeel.Models;
using Evenkeel.Platform.Data;
using Evenkeel.Platform.Errors;
using Evenkeel.Platform.Identifiers;
using Evenkeel.Platform.Tracing;
using Evenkeel.Realtime;
using Evenkeel.Timeline;

namespace Evenkeel.Chat.Sending;

/// <summary>A wish for another answer.</summary>
internal sealed record RegenerateRequest
{
    public required Caller Caller { get; init; }

    /// <summary>The answer to be replaced.</summary>
    public required Guid AnswerId { get; init; }
    public required Guid CorrelationId { get; init; }

    /// <summary><c>en</c> or <c>zh</c>.</summary>
    public required string Language { get; init; }

    /// <summary>A failure asked for by an administrator.</summary>
    public ForcedError? Forced { get; init; }

    /// <summary>An operator asks for it in the person's name: their rate of sending does not limit it.</summary>
    public bool IsOfOperator { get; init; }
}

/// <summary>
/// Answers a message again: a new turn for the same message, whose answer replaces the one named. Also the retry of a failed turn.
/// The newest answer of a turn can be replaced once at a time; an older one is a conflict.
/// </summary>
internal sealed class RegenerateAnswer(
    Database database, StoreOnce store, ITimeline timeline, IBroadcast broadcast, IdSource ids, TimeProvider time, SendLimits limits,
    QueueMonitor queue, TurnCosts costs, TurnQueueSignal signal)
{
    private const string FindQuestion =
        """
        SELECT conversations.id AS thread_id, question.id, question.text, question.seq
        FROM messages answer
        JOIN turns ON turns.id = answer.turn_id
        JOIN messages question ON question.id = turns.message_id
        JOIN conversations ON conversations.id = answer.conversation_id
        WHERE answer.id = @AnswerId AND answer.role = 'assistant' AND conversations.user_id = @UserId AND conversations.deleted_at IS NULL
        """;

    // $1 answer, $2 user, $3 new turn, $4 correlation, $5 language, $6 now, $7 forced error, $8 credits held, $9 trace
    private const string Store =
        """
        WITH answer AS (
            SELECT messages.id, messages.conversation_id, messages.seq, turns.message_id, turns.message_seq, turns.event_ids, turns.time_zone
            FROM messages JOIN turns ON turns.id = messages.turn_id
            WHERE messages.id = $1 AND messages.role = 'assistant'
        ), thread AS (
            SELECT conversations.* FROM conversations JOIN answer ON answer.conversation_id = conversations.id
            WHERE conversations.user_id = $2 AND conversations.deleted_at IS NULL
        ), newest AS (
            SELECT answer.* FROM answer, thread
            WHERE NOT EXISTS (SELECT FROM messages later WHERE later.conversation_id = thread.id AND later.seq > answer.seq)
              AND NOT EXISTS (SELECT FROM turns open WHERE open.conversation_id = thread.id AND open.status IN ('queued', 'running'))
        ), turn AS (
            INSERT INTO turns (id, organization_id, conversation_id, chatbot_id, user_id, message_id, message_seq, position, replaces,
                               correlation_id, language, status, queued_at, forced_error, event_ids, time_zone, traceparent)
            SELECT $3, thread.organization_id, thread.id, thread.chatbot_id, $2, newest.message_id, newest.message_seq, thread.last_seq, newest.id,
                   $4, $5, 'queued', $6, $7, newest.event_ids, newest.time_zone, $9
            FROM thread, newest
            RETURNING id, organization_id, conversation_id
        )
        SELECT EXISTS (SELECT FROM turn),
               (SELECT credit_hold(turn.organization_id, turn.id, turn.conversation_id, $8) FROM turn)
        FROM thread
        """;

    /// <summary>Queues the new turn.</summary>
    public async Task<Result<AcceptedMessage>> HandleAsync(RegenerateRequest request, CancellationToken cancellationToken)
    {
        if (!request.IsOfOperator && limits.Refuse(request.Caller.UserId) is { } refused)
        {
            return refused;
        }

        if (queue.IsFull)
        {
            return queue.Refusal();
        }

        var question = await database.QueryFirstOrDefaultAsync<Question>(
            DataScope.Organization(request.Caller.OrganizationId), FindQuestion, new { request.AnswerId, request.Caller.UserId }, cancellationToken);
        if (question is null)
        {
            return Error.NotFound;
        }

        var turn = Turn(request, question);
        var result = await store.RunAsync(turn, withTimeline => WriteAsync(turn, withTimeline, cancellationToken), cancellationToken);
        if (result.TryGet(out var accepted, out _))
        {
            broadcast.TurnStatus(
                accepted.ThreadId, new ChatStatusFrame { Event = StatusEvent.Queued, TurnId = turn.TurnId, Position = accepted.Ahead, Cid = turn.CorrelationId });
            signal.Wake();
        }

        return result;
    }

    private AnotherTurn Turn(RegenerateRequest request, Question question) => new()
    {
        Request = request,
        Caller = request.Caller,
        TurnId = ids.Next(),
        ThreadId = question.ThreadId,
        MessageId = question.Id,
        MessageSeq = question.Seq,
        Question = question.Text,
        CorrelationId = request.CorrelationId,
        Language = request.Language,
        Now = time.GetUtcNow(),
    };

    private async Task<Result<AcceptedMessage>> WriteAsync(AnotherTurn turn, bool withTimeline, CancellationToken cancellationToken)
    {
        await using var batch = database.CreateBatch(DataScope.Organization(turn.Caller.OrganizationId));
        batch.Add(StoreOnce.AdmitTurn, Sql.Value(turn.ThreadId), Sql.Value(turn.Caller.UserId), Sql.Value(turn.TurnId));
        batch.Add(
            Store, Sql.Value(turn.Request.AnswerId), Sql.Value(turn.Caller.UserId), Sql.Value(turn.TurnId), Sql.Value(turn.CorrelationId),
            Sql.Value(turn.Language), Sql.Time(turn.Now), Sql.Text(turn.Request.Forced?.ToString()), Sql.Value(costs.MostFor(turn.Question)),
            Sql.Text(Spans.Traceparent));
        if (withTimeline)
        {
            timeline.AppendInTransaction(batch, [turn.Received()]);
        }

        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        await reader.NextResultAsync(cancellationToken);
        return !await reader.ReadAsync(cancellationToken) ? Error.NotFound : reader.GetBoolean(0) ? turn.Accepted(turn.MessageSeq, ahead: 0) : Conflict;
    }

    private static Error Conflict => new(ErrorCode.Conflict)
    {
        Fields = [new FieldProblem("id", "Only the newest answer can be written again, and only when nothing is running.", "只能重新生成最新的回答，且当前没有正在进行的回答。")],
    };

    private sealed record AnotherTurn : TurnToStore
    {
        public required RegenerateRequest Request { get; init; }
        public required long MessageSeq { get; init; }
    }

    private sealed record Question
    {
        public required Guid ThreadId { get; init; }
        public required Guid Id { get; init; }
        public required string Text { get; init; }
        public required long Seq { get; init; }
    }
}
