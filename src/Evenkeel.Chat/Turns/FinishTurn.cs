using System.Text.Json;
using Evenkeel.Chat.Threads;
using Evenkeel.Contracts;
using Evenkeel.Contracts.Chats;
using Evenkeel.Contracts.Errors;
using Evenkeel.Platform.Data;
using Evenkeel.Platform.Errors;
using Evenkeel.Platform.Identifiers;
using Evenkeel.Realtime;
using Evenkeel.Timeline;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Evenkeel.Chat.Turns;

/// <summary>
/// Ends a turn: message, terminal state and last events in one transaction, guarded by the fencing token, then the frames. Writes to a database
/// that is away for a moment are tried again; the guard makes that safe.
/// </summary>
internal sealed partial class FinishTurn(
    Database database, ITimeline timeline, StageReporter reporter, IBroadcast broadcast, IdSource ids, TimeProvider time, TurnQueueSignal signal,
    TurnCosts costs, TurnMetrics metrics, ILogger<FinishTurn> logger)
{
    private static readonly TimeSpan[] WaitsForDatabase =
        [.. new[] { 0.1, 0.2, 0.5, 1, 2, 4 }.Select(TimeSpan.FromSeconds)];

    // The conversation's row is locked first, as everywhere, so that sends and ends cannot deadlock.
    // $1 thread, $2 turn, $3 attempt, $4 worker, $5 turn status, $6 error code, $7 now,
    // $8 message, $9 message status, $10 text, $11 meta, $12 organization, $13 how it counts for the breaker, $14 cool-down in seconds,
    // $15 price, $16 model it is for, $17 input tokens, $18 output tokens, $19 model that answered
    private const string End =
        """
        WITH thread AS (
            UPDATE conversations
            SET last_seq = last_seq + 1,
                breaker_failures = CASE $13 WHEN 'success' THEN 0 WHEN 'failure' THEN breaker_failures + 1 ELSE breaker_failures END,
                breaker_openings = CASE WHEN $13 = 'success' THEN 0 WHEN $14::float8 IS NOT NULL THEN breaker_openings + 1 ELSE breaker_openings END,
                breaker_open_until = CASE WHEN $13 = 'success' THEN NULL WHEN $14 IS NOT NULL THEN now() + make_interval(secs => $14)
                                          ELSE breaker_open_until END,
                breaker_probe = nullif(breaker_probe, $2)
            WHERE id = $1 RETURNING last_seq
        ), turn AS (
            UPDATE turns SET status = $5, error_code = $6, model = $19, ended_at = $7, lease_until = NULL
            FROM thread
            WHERE turns.id = $2 AND turns.attempt = $3 AND turns.worker_id = $4 AND turns.status = 'running'
            RETURNING thread.last_seq
        ), message AS (
            INSERT INTO messages (id, organization_id, conversation_id, seq, turn_id, role, status, text, meta, created_at)
            SELECT $8, $12, $1, turn.last_seq, $2, 'assistant', $9, $10, $11, $7 FROM turn
            RETURNING seq
        )
        SELECT coalesce((SELECT seq FROM message), refuse('EK001')),
               CASE WHEN $5 = 'succeeded' THEN credit_settle($12, $2, $15, $16, $17, $18) ELSE credit_release($12, $2) END
        """;

    // A statement of its own, after the row lock: it sees every send committed before this end; later ones wake the worker themselves.
    private const string HasNext = "SELECT EXISTS (SELECT FROM turns WHERE conversation_id = $1 AND status = 'queued')";

    /// <summary>The answer is whole.</summary>
    public Task SucceedAsync(RunningTurn running, TurnContext context) => EndAsync(
        running,
        new Ending(context, TurnStatus.Succeeded, MessageStatus.Complete, context.Meta, null) { Text = context.Answer.ToString(), Price = costs.PriceOf(context) });

    /// <summary>The person stopped it: what was written stays.</summary>
    public Task StopAsync(RunningTurn running, TurnContext context) => EndAsync(
        running,
        new Ending(context, TurnStatus.Cancelled, MessageStatus.Stopped, GenerationMeta.WithCitations(context), ErrorCode.Cancelled) { Text = context.Answer.ToString() });

    /// <summary>The turn ends with an error instead of an answer.</summary>
    public async Task FailAsync(RunningTurn running, TurnContext context, Error error)
    {
        var definition = ErrorCatalogue.Of(error.Code);
        var coolDown = ConversationBreaker.OutcomeOf(definition.Code) == BreakerOutcome.Failure ? running.Turn.Breaker.CoolDownAfterFailure() : null;
        if (coolDown is { } wait)
        {
            // Trying again before this is refused: the person is told so with the failure itself.
            error = error with { RetryAfter = error.RetryAfter > wait ? error.RetryAfter : wait };
        }

        var failed = context.Meta with
        {
            Citations = null,
            Error = new MessageError
            {
                ErrorCode = definition.Code,
                Error = error.Text ?? definition.Text(running.Turn.Language),
                Retryable = definition.Retryable,
                RetryAfterSeconds = error.RetryAfterSeconds,
                CorrelationId = running.Turn.CorrelationId,
            },
        };
        await EndAsync(running, new Ending(context, TurnStatus.Failed, MessageStatus.Failed, failed, definition.Code) { CoolDown = coolDown });
    }

    /// <summary>Puts the turn back into the queue at once, for another worker or another try.</summary>
    /// <param name="running">The turn.</param>
    /// <param name="countsAsLoss">The turn could not be run here; after too many losses it fails instead of going round for ever.</param>
    public Task HandBackAsync(RunningTurn running, bool countsAsLoss) => WithPatienceAsync(running, async () =>
    {
        var handedBack = await database.ExecuteAsync(
            DataScope.Organization(running.Turn.OrganizationId),
            """
            UPDATE turns SET status = 'queued', worker_id = NULL, lease_until = NULL, losses = losses + @Loss
            WHERE id = @Id AND attempt = @Attempt AND worker_id = @WorkerId AND status = 'running'
            """,
            new { running.Turn.Id, running.Turn.Attempt, running.WorkerId, Loss = countsAsLoss ? 1 : 0 },
            CancellationToken.None);
        if (handedBack == 0)
        {
            // Handed back before, or somebody else's; or its attempt was raised without our knowing, which ReleaseTurns mends.
            Log.NotHandedBack(logger, running.Turn.Id, running.Turn.Attempt);
        }

        return true;
    });

    /// <summary>Shows clients of this node the end that is stored, whoever wrote it; does nothing while the turn is still open.</summary>
    public async Task PublishStoredEndAsync(Turn turn)
    {
        var row = await database.QueryFirstOrDefaultAsync<MessageRow>(
            DataScope.Organization(turn.OrganizationId),
            $"SELECT {MessageRow.Columns} FROM messages WHERE conversation_id = @ThreadId AND turn_id = @Id AND role = 'assistant' ORDER BY seq DESC LIMIT 1",
            new { turn.ThreadId, turn.Id },
            CancellationToken.None);
        if (row is not null)
        {
            Publish(turn, row);
        }
    }

    private async Task EndAsync(RunningTurn running, Ending ending)
    {
        var turn = running.Turn;
        var started = time.GetTimestamp();
        var row = new MessageRow
        {
            Seq = 0,
            Id = ids.Next(),
            Role = "assistant",
            Text = ending.Text,
            Status = ending.MessageStatus,
            TurnId = turn.Id,
            CreatedAt = time.GetUtcNow(),
            Meta = JsonSerializer.Serialize(ending.Meta with { Replaces = turn.Replaces, RetryMeta = new RetryMeta(turn.Attempt, ending.Meta.RetryMeta?.ModelCalls) }, Wire.Json),
        };
        var events = new List<TimelineEntry>(timeline.TakePending(turn.Id));
        var (seq, hasNext) = await WithPatienceAsync(running, () =>
        {
            var last = ending.ErrorCode is { } code && ending.MessageStatus == MessageStatus.Failed
                ? reporter.Failed(turn, code, row.Id)
                : reporter.Saved(turn, row.Id, time.GetElapsedTime(started));
            IReadOnlyList<TimelineEntry> all = [.. events, last, .. BreakerEvents(turn, ending), reporter.Ended(turn, row.Id, Measured(ending, row.CreatedAt))];
            return TimelineOrNot.RunAsync(withTimeline => WriteAsync(running, ending, row, withTimeline ? all : []), timeline, all);
        });
        Publish(turn, row with { Seq = seq });
        if (hasNext)
        {
            signal.Wake();
        }

        metrics.Ended(ending.TurnStatus, ending.ErrorCode, row.CreatedAt - turn.QueuedAt);
        TurnSpan.End(ending.TurnStatus, ending.ErrorCode);
        if (ending.CoolDown is { } coolDown)
        {
            metrics.BreakerOpened();
            Log.BreakerOpened(logger, turn.ThreadId, turn.Breaker.Failures + 1, coolDown.TotalSeconds);
        }

        Log.Ended(
            logger, turn.Id, turn.ThreadId, ending.TurnStatus, ending.ErrorCode, turn.Attempt, (row.CreatedAt - turn.QueuedAt).TotalMilliseconds, ending.Text.Length);
    }

    private static TurnEnded Measured(Ending ending, DateTimeOffset endedAt) =>
        TurnEnded.Of(ending.Context, ending.TurnStatus, ending.ErrorCode, endedAt) with
        {
            Credits = ending.Price is { } price ? price.Amount / 1000.0 : null,
            // Where the model does not count, what is charged for was estimated.
            InputTokens = ending.Price?.InputTokens ?? ending.Context.Usage?.InputTokens,
            OutputTokens = ending.Price?.OutputTokens ?? ending.Context.Usage?.OutputTokens,
        };

    private IEnumerable<TimelineEntry> BreakerEvents(Turn turn, Ending ending)
    {
        if (ending.CoolDown is { } coolDown)
        {
            yield return reporter.BreakerOpened(turn, coolDown);
        }
        else if (ending.TurnStatus == TurnStatus.Succeeded && turn.Breaker.Openings > 0)
        {
            yield return reporter.BreakerClosed(turn);
        }
    }

    private async Task<T> WithPatienceAsync<T>(RunningTurn running, Func<Task<T>> write)
    {
        for (var tries = 0; ; tries++)
        {
            try
            {
                return await write();
            }
            // What the database refuses for good (a constraint, a missing right) is not a moment's absence.
            catch (NpgsqlException exception) when (exception is not PostgresException { IsTransient: false }
                && tries < WaitsForDatabase.Length && running.Interruption != Interruption.Lost)
            {
                await Task.Delay(WaitsForDatabase[tries], time, CancellationToken.None);
            }
        }
    }

    private async Task<(long Seq, bool HasNext)> WriteAsync(RunningTurn running, Ending ending, MessageRow row, IReadOnlyList<TimelineEntry> events)
    {
        var turn = running.Turn;
        await using var batch = database.CreateBatch(DataScope.Organization(turn.OrganizationId));
        batch.Add(
            End,
            Sql.Value(turn.ThreadId), Sql.Value(turn.Id), Sql.Value(turn.Attempt), Sql.Value(running.WorkerId), Sql.Value(ending.TurnStatus),
            Sql.Text(ending.ErrorCode), Sql.Time(row.CreatedAt), Sql.Value(row.Id), Sql.Value(row.Status), Sql.Value(row.Text), Sql.Json(row.Meta),
            Sql.Value(turn.OrganizationId), Sql.Value(BreakerWord(ending.ErrorCode)), Sql.Double(ending.CoolDown?.TotalSeconds),
            Sql.Value(ending.Price?.Amount ?? 0), Sql.Text(ending.Price?.Model), Sql.Value(ending.Price?.InputTokens ?? 0), Sql.Value(ending.Price?.OutputTokens ?? 0),
            Sql.Text(TurnEnded.ModelOf(ending.Context)));
        timeline.AppendInTransaction(batch, events);
        batch.Add(HasNext, Sql.Value(turn.ThreadId));
        await using var reader = await batch.ExecuteReaderAsync(CancellationToken.None);
        await reader.ReadAsync();
        var seq = reader.GetInt64(0);
        await reader.NextResultAsync();
        await reader.ReadAsync();
        return (seq, reader.GetBoolean(0));
    }

    private static string BreakerWord(string? errorCode) => ConversationBreaker.OutcomeOf(errorCode) switch
    {
        BreakerOutcome.Success => "success",
        BreakerOutcome.Failure => "failure",
        _ => "none",
    };

    private void Publish(Turn turn, MessageRow row)
    {
        broadcast.PublishDurable(turn.ThreadId, row.ToFrame() with { Cid = turn.CorrelationId }, row.Seq);
        broadcast.TurnEnded(turn.ThreadId, turn.Id, turn.CorrelationId);
    }

    private sealed record Ending(TurnContext Context, string TurnStatus, string MessageStatus, MessageMeta Meta, string? ErrorCode)
    {
        /// <summary>The answer, or what there is of it.</summary>
        public string Text { get; init; } = "";

        /// <summary>What is charged; null = nothing.</summary>
        public TurnPrice? Price { get; init; }

        /// <summary>How long the conversation's breaker opens; null = it does not.</summary>
        public TimeSpan? CoolDown { get; init; }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "Turn {TurnId} was not ours to hand back in attempt {Attempt}")]
        public static partial void NotHandedBack(ILogger logger, Guid turnId, int attempt);

        [LoggerMessage(
            Level = LogLevel.Warning, EventName = "breaker_opened",
            Message = "The breaker of thread {ThreadId} opened after {Failures} failed turns in a row, for {Seconds} s")]
        public static partial void BreakerOpened(ILogger logger, Guid threadId, int failures, double seconds);

        [LoggerMessage(
            Level = LogLevel.Information, EventName = "turn_ended",
            Message = "Turn {TurnId} of thread {ThreadId} ended {Status} {ErrorCode} in attempt {Attempt}, {Milliseconds:0} ms after it was sent, {Characters} characters")]
        public static partial void Ended(
            ILogger logger, Guid turnId, Guid threadId, string status, string? errorCode, int attempt, double milliseconds, int characters);
    }
}
