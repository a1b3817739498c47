using Evenkeel.Accounts;
using Evenkeel.Chat.Turns;
using Evenkeel.Contracts.Errors;
using Evenkeel.Contracts.Frames;
using Evenkeel.Models;
using Evenkeel.Platform.Data;
using Evenkeel.Platform.Errors;
using Evenkeel.Platform.Identifiers;
using Evenkeel.Realtime;
using Npgsql;

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
}

/// <summary>
/// Answers a message again: a new turn for the same message, whose answer replaces the one named. Also the retry of a failed turn.
/// The newest answer of a turn can be replaced once at a time; an older one is a conflict.
/// </summary>
internal sealed class RegenerateAnswer(
    Database database, IBroadcast broadcast, IdSource ids, TimeProvider time, SendLimits limits, QueueMonitor queue, TurnCosts costs, TurnQueueSignal signal)
{
    // A statement of its own: the next one begins with a snapshot in which everything is to be seen that held this lock before.
    private const string AdmitTurn =
        "SELECT admit_turn((SELECT conversation_id FROM messages WHERE id = $1), $2, $3)";

    // $1 answer, $2 user, $3 new turn, $4 correlation, $5 language, $6 now, $7 forced error, $8 credits held
    private const string Store =
        """
        WITH answer AS (
            SELECT messages.id, messages.conversation_id, messages.seq, turns.message_id, turns.message_seq
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
                               correlation_id, language, status, queued_at, forced_error)
            SELECT $3, thread.organization_id, thread.id, thread.chatbot_id, $2, newest.message_id, newest.message_seq, thread.last_seq, newest.id,
                   $4, $5, 'queued', $6, $7
            FROM thread, newest
            RETURNING id, organization_id, conversation_id
        )
        SELECT thread.id, (SELECT message_id FROM newest), (SELECT message_seq FROM newest), EXISTS (SELECT FROM turn),
               (SELECT credit_hold(turn.organization_id, turn.id, turn.conversation_id, $8) FROM turn)
        FROM thread
        """;

    /// <summary>Queues the new turn.</summary>
    public async Task<Result<AcceptedMessage>> HandleAsync(RegenerateRequest request, CancellationToken cancellationToken)
    {
        if (limits.Refuse(request.Caller.UserId) is { } refused)
        {
            return refused;
        }

        if (queue.IsFull)
        {
            return queue.Refusal();
        }

        var turnId = ids.Next();
        var stored = await StoreAsync(request, turnId, cancellationToken);
        if (!stored.TryGet(out var accepted, out var error))
        {
            return error;
        }

        broadcast.TurnStatus(accepted.ThreadId, new ChatStatusFrame { Event = StatusEvent.Queued, TurnId = turnId, Position = 0, Cid = request.CorrelationId });
        signal.Wake();
        return accepted;
    }

    private async Task<Result<AcceptedMessage>> StoreAsync(RegenerateRequest request, Guid turnId, CancellationToken cancellationToken)
    {
        var caller = request.Caller;
        await using var batch = database.CreateBatch(DataScope.Organization(caller.OrganizationId));
        batch.Add(AdmitTurn, Sql.Value(request.AnswerId), Sql.Value(caller.UserId), Sql.Value(turnId));
        batch.Add(
            Store, Sql.Value(request.AnswerId), Sql.Value(caller.UserId), Sql.Value(turnId), Sql.Value(request.CorrelationId), Sql.Value(request.Language),
            Sql.Time(time.GetUtcNow()), Sql.Text(request.Forced?.ToString()), Sql.Value(costs.MostFor("")));
        try
        {
            await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
            await reader.NextResultAsync(cancellationToken);
            return await reader.ReadAsync(cancellationToken) ? Accepted(reader, turnId, request.CorrelationId) : Error.NotFound;
        }
        catch (PostgresException exception) when (OwnSqlState.ToError(exception) is { } error)
        {
            return error;
        }
    }

    private static Result<AcceptedMessage> Accepted(NpgsqlDataReader reader, Guid turnId, Guid correlationId) =>
        reader.GetBoolean(3)
            ? new AcceptedMessage { ThreadId = reader.GetGuid(0), MessageId = reader.GetGuid(1), TurnId = turnId, Seq = reader.GetInt64(2), Ahead = 0, CorrelationId = correlationId }
            : new Error(ErrorCode.Conflict)
            {
                Fields = [new FieldProblem("id", "Only the newest answer can be written again, and only when nothing is running.", "只能重新生成最新的回答，且当前没有正在进行的回答。")],
            };
}
