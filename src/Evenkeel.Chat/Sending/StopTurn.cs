using System.Text.Json;
using Evenkeel.Accounts;
using Evenkeel.Chat.Threads;
using Evenkeel.Chat.Turns;
using Evenkeel.Contracts;
using Evenkeel.Contracts.Chats;
using Evenkeel.Contracts.Errors;
using Evenkeel.Contracts.Timeline;
using Evenkeel.Platform.Data;
using Evenkeel.Platform.Errors;
using Evenkeel.Platform.Identifiers;
using Evenkeel.Realtime;
using Evenkeel.Timeline;
using Npgsql;

namespace Evenkeel.Chat.Sending;

/// <summary>
/// Stops a turn. A waiting one ends here and now; a running one is told, in this process at once, elsewhere through its row, and ends
/// with what it had written.
/// </summary>
internal sealed class StopTurn(
    Database database, ITimeline timeline, RunningTurns running, IBroadcast broadcast, TurnQueueSignal signal, IdSource ids, TimeProvider time)
{
    // The conversation's row is locked first, as everywhere. $1 thread, $2 turn, $3 message, $4 organization, $5 now, $6 meta
    private const string CancelQueued =
        """
        WITH thread AS (
            UPDATE conversations SET last_seq = last_seq + 1, breaker_probe = nullif(breaker_probe, $2) WHERE id = $1 RETURNING last_seq
        ), turn AS (
            UPDATE turns SET status = 'cancelled', error_code = 'cancelled', ended_at = $5, stop_requested = true FROM thread
            WHERE turns.id = $2 AND turns.status = 'queued'
            RETURNING thread.last_seq
        ), message AS (
            INSERT INTO messages (id, organization_id, conversation_id, seq, turn_id, role, status, text, meta, created_at)
            SELECT $3, $4, $1, turn.last_seq, $2, 'assistant', 'stopped', '', $6, $5 FROM turn
            RETURNING seq
        )
        SELECT coalesce((SELECT seq FROM message), refuse('EK001')), credit_release($4, $2)
        """;

    /// <summary>Stops <paramref name="turnId"/>, or whatever is open in the thread, the newest first.</summary>
    public async Task<Result<StopTurnResponse>> HandleAsync(Caller caller, Guid threadId, Guid? turnId, CancellationToken cancellationToken)
    {
        var scope = DataScope.Organization(caller.OrganizationId);
        var isMine = await database.QueryFirstOrDefaultAsync<Guid?>(
            scope,
            "SELECT id FROM conversations WHERE id = @threadId AND user_id = @UserId AND deleted_at IS NULL",
            new { threadId, caller.UserId },
            cancellationToken);
        if (isMine is null)
        {
            return Error.NotFound;
        }

        var open = await database.QueryAsync<OpenTurn>(
            scope,
            """
            WITH stopped AS (
                UPDATE turns SET stop_requested = true
                WHERE conversation_id = @threadId AND status IN ('queued', 'running') AND (@turnId::uuid IS NULL OR id = @turnId)
                RETURNING id, status, replaces, correlation_id, chatbot_id, attempt, queued_at, position
            )
            SELECT id, status, replaces, correlation_id, chatbot_id, attempt, queued_at FROM stopped ORDER BY position DESC, id DESC
            """,
            new { threadId, turnId },
            cancellationToken);
        StopTurnResponse? first = null;
        // The newest first: ending the running one would start the next.
        foreach (var turn in open)
        {
            var ended = turn.Status == TurnStatus.Queued && await TryCancelQueuedAsync(scope, caller.OrganizationId, threadId, turn, cancellationToken);
            if (!ended && !running.Stop(turn.Id))
            {
                // It runs elsewhere, where its row is looked at within a second: this is sooner.
                signal.Stop(turn.Id);
            }

            first = new StopTurnResponse(turn.Id, ended ? TurnStatus.Cancelled : TurnStatus.Running);
        }

        return first ?? await EndedAsync(scope, threadId, turnId, cancellationToken);
    }

    /// <returns>False when a worker took the turn in this moment; then it ends there.</returns>
    private async Task<bool> TryCancelQueuedAsync(DataScope scope, Guid organizationId, Guid threadId, OpenTurn turn, CancellationToken cancellationToken)
    {
        var row = new MessageRow
        {
            Seq = 0,
            Id = ids.Next(),
            Role = "assistant",
            Text = "",
            Status = MessageStatus.Stopped,
            TurnId = turn.Id,
            CreatedAt = time.GetUtcNow(),
            Meta = JsonSerializer.Serialize(new MessageMeta { Replaces = turn.Replaces }, Wire.Json),
        };
        var ended = Ended(organizationId, threadId, turn, row);
        try
        {
            var seq = await TimelineOrNot.RunAsync(
                async withTimeline =>
                {
                    await using var batch = database.CreateBatch(scope);
                    batch.Add(
                        CancelQueued,
                        Sql.Value(threadId), Sql.Value(turn.Id), Sql.Value(row.Id), Sql.Value(organizationId), Sql.Time(row.CreatedAt), Sql.Json(row.Meta));
                    timeline.AppendInTransaction(batch, withTimeline ? [ended] : []);
                    await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
                    await reader.ReadAsync(cancellationToken);
                    return reader.GetInt64(0);
                },
                timeline,
                [ended]);
            row = row with { Seq = seq };
        }
        catch (PostgresException exception) when (exception.SqlState == OwnSqlState.TurnNotOwned)
        {
            return false;
        }

        broadcast.PublishDurable(threadId, row.ToFrame() with { Cid = turn.CorrelationId }, row.Seq);
        broadcast.TurnEnded(threadId, turn.Id, turn.CorrelationId);
        return true;
    }

    private static TimelineEntry Ended(Guid organizationId, Guid threadId, OpenTurn turn, MessageRow row)
    {
        var measured = new TurnEnded
        {
            Status = TurnStatus.Cancelled,
            ErrorCode = ErrorCode.Cancelled,
            ChatbotId = turn.ChatbotId,
            TotalMs = Math.Max(0, (row.CreatedAt - turn.QueuedAt).TotalMilliseconds),
            Attempts = turn.Attempt,
        };
        return measured.ToEntry(new TimelineEntry
        {
            OrganizationId = organizationId,
            SessionId = threadId,
            MessageId = row.Id,
            TurnId = turn.Id,
            EventType = TimelineEventType.TurnEnded,
            EventStatus = TimelineEventStatus.Completed,
            Timestamp = row.CreatedAt,
            CorrelationId = turn.CorrelationId,
            Attempt = turn.Attempt,
        });
    }

    private async Task<StopTurnResponse> EndedAsync(DataScope scope, Guid threadId, Guid? turnId, CancellationToken cancellationToken)
    {
        var status = turnId is null ? null : await database.QueryFirstOrDefaultAsync<string>(
            scope, "SELECT status FROM turns WHERE id = @turnId AND conversation_id = @threadId", new { turnId, threadId }, cancellationToken);
        return new StopTurnResponse(status is null ? null : turnId, status);
    }

    private sealed record OpenTurn
    {
        public required Guid Id { get; init; }
        public required string Status { get; init; }
        public Guid? Replaces { get; init; }
        public required Guid CorrelationId { get; init; }
        public required Guid ChatbotId { get; init; }
        public required int Attempt { get; init; }
        public required DateTimeOffset QueuedAt { get; init; }
    }
}
