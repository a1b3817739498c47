using Evenkeel.Chatbots;
using Evenkeel.Contracts.Errors;
using Evenkeel.Contracts.Frames;
using Evenkeel.Platform.Errors;
using Evenkeel.Platform.Http;
using Evenkeel.Realtime;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Evenkeel.Chat.Turns;

/// <summary>Runs one claimed turn through its stages to exactly one end.</summary>
internal sealed partial class TurnRunner(
    IEnumerable<ITurnStage> stages, StageReporter reporter, FinishTurn finish, IChatbotDirectory chatbots, IBroadcast broadcast,
    TimeProvider time, IOptions<ChatOptions> options, ILogger<TurnRunner> logger)
{
    private readonly ITurnStage[] _stages = [.. stages];

    /// <summary>Never throws: whatever happens becomes the turn's end, or leaves the turn to whoever owns it now.</summary>
    public async Task RunAsync(RunningTurn running)
    {
        using var scope = logger.BeginScope(new CorrelationScope(running.Turn.CorrelationId));
        using var span = TurnSpan.Begin(running.Turn, time);
        try
        {
            await RunToEndAsync(running);
        }
        catch (PostgresException exception) when (exception.SqlState == OwnSqlState.TurnNotOwned)
        {
            Log.NotOwned(logger, running.Turn.Id, running.Turn.Attempt);
            await TryAsync(running, () => finish.PublishStoredEndAsync(running.Turn));
        }
        catch (Exception exception)
        {
            Log.HandedBack(logger, exception, running.Turn.Id);
            await TryAsync(running, () => finish.HandBackAsync(running, countsAsLoss: true));
        }
    }

    private async Task TryAsync(RunningTurn running, Func<Task> end)
    {
        try
        {
            await end();
        }
        catch (NpgsqlException exception)
        {
            // The database stays away: the lease, or the lost session, gives the turn back once it returns.
            Log.LeftToRecovery(logger, exception, running.Turn.Id);
        }
    }

    private async Task RunToEndAsync(RunningTurn running)
    {
        var turn = running.Turn;
        Announce(turn);
        if (turn.StopRequested)
        {
            running.Interrupt(Interruption.Stop);
        }

        var context = new TurnContext(running);
        try
        {
            running.Token.ThrowIfCancellationRequested();
            ThrowIfRefused(turn);
            context.Chatbot = await chatbots.FindAsync(turn.OrganizationId, turn.ChatbotId, running.Token)
                ?? throw new StageFailedException(Error.NotFound, "validation_error");
            foreach (var stage in _stages.Where(stage => stage.AppliesTo(context)))
            {
                await reporter.RunAsync(stage, context, running.Token);
            }

            await finish.SucceedAsync(running, context);
        }
        catch (OperationCanceledException) when (running.Interruption != Interruption.None)
        {
            await EndInterruptedAsync(running, context);
        }
        catch (StageFailedException failure)
        {
            await finish.FailAsync(running, context, failure.Error);
        }
        catch (Exception exception) when (exception is not NpgsqlException)
        {
            Log.Unexpected(logger, exception, turn.Id);
            await finish.FailAsync(running, context, new Error(ErrorCode.ServerError));
        }
    }

    private void ThrowIfRefused(Turn turn)
    {
        if (turn.Losses >= options.Value.MaxWorkerLosses)
        {
            throw new StageFailedException(new Error(ErrorCode.WorkerLost), ErrorCode.WorkerLost);
        }

        // It was accepted before the breaker opened: running it would only be the next failure.
        if (turn.Breaker.RefusesFor is { } wait)
        {
            throw new StageFailedException(new Error(ErrorCode.CircuitOpen) { RetryAfter = wait }, ErrorCode.CircuitOpen);
        }

        if (turn.ForcedError is { IsOfModel: false } forced)
        {
            throw new StageFailedException(new Error(forced.Code), forced.Code);
        }
    }

    private Task EndInterruptedAsync(RunningTurn running, TurnContext context)
    {
        switch (running.Interruption)
        {
            case Interruption.Stop:
                return finish.StopAsync(running, context);
            case Interruption.Shutdown:
                return finish.HandBackAsync(running, countsAsLoss: false);
            default:
                Log.NotOwned(logger, running.Turn.Id, running.Turn.Attempt);
                return Task.CompletedTask;
        }
    }

    private void Announce(Turn turn)
    {
        if (turn.Attempt > 1)
        {
            reporter.TakenOver(turn);
            broadcast.Reset(turn.ThreadId, turn.Id, turn.CorrelationId, turn.Attempt, "taken_over");
        }

        broadcast.TurnStatus(turn.ThreadId, new ChatStatusFrame
        {
            Event = StatusEvent.Typing,
            TurnId = turn.Id,
            Attempt = turn.Attempt,
            Cid = turn.CorrelationId,
        });
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "Turn {TurnId} (attempt {Attempt}) is no longer ours; nothing was written")]
        public static partial void NotOwned(ILogger logger, Guid turnId, int attempt);

        [LoggerMessage(Level = LogLevel.Error, Message = "Turn {TurnId} failed unexpectedly")]
        public static partial void Unexpected(ILogger logger, Exception exception, Guid turnId);

        [LoggerMessage(Level = LogLevel.Warning, Message = "Turn {TurnId} could not be run to its end and goes back into the queue")]
        public static partial void HandedBack(ILogger logger, Exception exception, Guid turnId);

        [LoggerMessage(Level = LogLevel.Warning, Message = "Turn {TurnId} could not be ended here and is left to recovery")]
        public static partial void LeftToRecovery(ILogger logger, Exception exception, Guid turnId);
    }
}
