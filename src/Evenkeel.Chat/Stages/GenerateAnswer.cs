using Evenkeel.Chat.Guarding;
using Evenkeel.Chat.Quality;
using Evenkeel.Chat.Turns;
using Evenkeel.Contracts.Chats;
using Evenkeel.Contracts.Frames;
using Evenkeel.Contracts.Timeline;
using Evenkeel.Models;
using Evenkeel.Platform.Errors;
using Evenkeel.Realtime;

namespace Evenkeel.Chat.Stages;

/// <summary>Streams the answer to the clients as it comes, and tells them of retries and of models that stand in for others.</summary>
internal sealed class GenerateAnswer(
    IAnswerModels models, AnswerGuard guard, RestartTurn restart, StageReporter reporter, IBroadcast broadcast, RecordEvaluation evaluations,
    TimeProvider time) : ITurnStage
{
    /// <summary>Above the model's own time-out, so that its end is told before clients give up by themselves.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    public string EventType => TimelineEventType.ResponseGeneration;

    public TimeSpan Patience => models.LongestSilence + Grace;

    public async Task<IReadOnlyDictionary<string, object?>> RunAsync(TurnContext context, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        TimeSpan? firstToken = null;
        var answer = new Writing(guard.Begin(context), new LabelStream(context.Hits.Count));
        try
        {
            await foreach (var part in models.AnswerAsync(context.Request!, new AnswerLimits { Forced = context.Turn.ForcedError }, cancellationToken))
            {
                firstToken = part is TextPart ? firstToken ?? time.GetElapsedTime(started) : part is WithdrawPart ? null : firstToken;
                await TakeAsync(part, context, answer);
            }

            Show(await answer.Guarded.AcceptAsync(answer.Labels.End()), context);
            Show(await answer.Guarded.EndAsync(cancellationToken), context);
        }
        catch (OperationCanceledException) when (context.Running.Interruption == Interruption.Stop)
        {
            // What was shown stays, and is history later: it is looked at to its end like an answer that is whole. What was held back is not shown.
            await answer.Guarded.EndAsync(CancellationToken.None);
            throw;
        }
        catch (ModelException exception)
        {
            throw new StageFailedException(new Error(exception.Code) { RetryAfter = exception.RetryAfter }, "llm_error", exception);
        }

        context.Meta = GenerationMeta.WithCitations(context);
        if (context.Meta.Quality is { } quality)
        {
            evaluations.Record(context.Turn, quality);
        }

        return new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["model"] = context.ModelName,
            ["model_calls"] = context.Meta.RetryMeta?.ModelCalls,
            ["fallback_from"] = context.Meta.Fallback,
            ["characters"] = context.Answer.Length,
            ["time_to_first_token_ms"] = firstToken is { } first ? Math.Round(first.TotalMilliseconds, 1) : null,
            ["input_tokens"] = context.Usage?.InputTokens,
            ["output_tokens"] = context.Usage?.OutputTokens,
            ["citations"] = context.Meta.Citations?.Count ?? 0,
        };
    }

    private async ValueTask TakeAsync(AnswerPart part, TurnContext context, Writing answer)
    {
        switch (part)
        {
            case TextPart text:
                NameModel(text.Model, context);
                // PostgreSQL cannot store NUL; the same text must be shown and stored.
                Show(await answer.Guarded.AcceptAsync(answer.Labels.Take(text.Text.Replace("\0", "", StringComparison.Ordinal))), context);
                break;
            case UsagePart usage:
                context.Usage = usage.Usage;
                break;
            case WithdrawPart withdraw:
                answer.Guarded.Restart();
                answer.Labels.End();
                await restart.RunAsync(context, withdraw.Reason);
                break;
            case RetryPart retry:
                // A call that failed may have counted tokens all the same; they are not those of the answer.
                context.Usage = null;
                TellOfRetry(retry, context.Turn);
                break;
            case RetryStartedPart:
                broadcast.TurnStatus(context.Turn.ThreadId, Status(StatusEvent.Typing, context.Turn, time.GetUtcNow() + Patience));
                break;
            case ModelChangedPart change:
                context.Usage = null;
                TellOfChange(change, context.Turn);
                break;
            case AnsweredPart answered:
                context.ModelName = answered.Model;
                context.Meta = context.Meta with
                {
                    Model = answered.Model, Fallback = answered.FallbackFrom, RetryMeta = new RetryMeta(context.Turn.Attempt, answered.Calls),
                };
                break;
        }
    }

    private static void NameModel(string model, TurnContext context)
    {
        if (context.ModelName != model)
        {
            // Also a stopped answer says who wrote it.
            context.ModelName = model;
            context.Meta = context.Meta with { Model = model };
        }
    }

    private void Show(string text, TurnContext context)
    {
        if (text.Length > 0)
        {
            var turn = context.Turn;
            context.Answer.Append(text);
            broadcast.Delta(turn.ThreadId, turn.Id, turn.CorrelationId, turn.Attempt, context.ModelName, text);
        }
    }

    private void TellOfRetry(RetryPart retry, Turn turn)
    {
        reporter.Progress(turn, TimelineEventType.ModelRetry, new
        {
            model = retry.Model, error_code = retry.ErrorCode, http_status = retry.HttpStatus, model_call = retry.Call,
            wait_ms = (int)retry.Wait.TotalMilliseconds,
        });
        broadcast.TurnStatus(turn.ThreadId, Status(StatusEvent.Retrying, turn, time.GetUtcNow() + retry.Wait + Patience) with
        {
            RetryInMs = (int)Math.Ceiling(retry.Wait.TotalMilliseconds), ModelCall = retry.Call,
        });
    }

    private void TellOfChange(ModelChangedPart change, Turn turn)
    {
        reporter.Progress(turn, TimelineEventType.ModelFallback, new
        {
            from = change.From, to = change.To, error_code = change.ErrorCode, breaker_open = change.IsBreakerOpen,
        });
        broadcast.TurnStatus(turn.ThreadId, Status(StatusEvent.Typing, turn, time.GetUtcNow() + Patience));
    }

    /// <summary>What the model's text goes through before it is shown.</summary>
    private sealed record Writing(GuardedAnswer Guarded, LabelStream Labels);

    private static ChatStatusFrame Status(string status, Turn turn, DateTimeOffset deadline) => new()
    {
        Event = status, TurnId = turn.Id, Attempt = turn.Attempt, Cid = turn.CorrelationId, Deadline = deadline,
    };
}
