using Evenkeel.Chat.Agents;
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
    ModelSearches searches, TimeProvider time) : ITurnStage
{
    /// <summary>Above the model's own time-out, so that its end is told before clients give up by themselves.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    public string EventType => TimelineEventType.ResponseGeneration;

    public TimeSpan Patience => models.LongestSilence + Grace;

    public async Task<IReadOnlyDictionary<string, object?>> RunAsync(TurnContext context, CancellationToken cancellationToken)
    {
        var writing = new Writing(guard.Begin(context), new LabelStream(() => context.Hits.Count), time.GetTimestamp(), time.GetUtcNow());
        var rounds = new SearchRounds(context.SearchText);
        try
        {
            while (await AskAsync(context, writing, cancellationToken) is { Count: > 0 } calls)
            {
                await SearchAgainAsync(context, calls, writing, rounds, cancellationToken);
            }

            Show(await writing.Guarded.AcceptAsync(writing.Labels.End()), context);
            Show(await writing.Guarded.EndAsync(cancellationToken), context);
        }
        catch (OperationCanceledException) when (context.Running.Interruption == Interruption.Stop)
        {
            // What was shown stays, and is history later: it is looked at to its end like an answer that is whole. What was held back is not shown.
            await writing.Guarded.EndAsync(CancellationToken.None);
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

        return Facts(context, writing, rounds);
    }

    private static Dictionary<string, object?> Facts(TurnContext context, Writing writing, SearchRounds rounds) => new(StringComparer.Ordinal)
    {
        ["model"] = context.ModelName,
        ["model_calls"] = context.Meta.RetryMeta?.ModelCalls,
        ["fallback_from"] = context.Meta.Fallback,
        ["characters"] = context.Answer.Length,
        ["time_to_first_token_ms"] = context.FirstTokenAt is { } first ? Math.Round((first - writing.Began).TotalMilliseconds, 1) : null,
        ["input_tokens"] = context.Usage?.InputTokens,
        ["output_tokens"] = context.Usage?.OutputTokens,
        ["citations"] = context.Meta.Citations?.Count ?? 0,
        ["tool_rounds"] = rounds.Done,
    };

    /// <summary>One answer of the models, shown as it comes.</summary>
    /// <returns>What the model asks for before it goes on; null when it has answered.</returns>
    private async Task<IReadOnlyList<ChatToolCall>?> AskAsync(TurnContext context, Writing writing, CancellationToken cancellationToken)
    {
        IReadOnlyList<ChatToolCall>? calls = null;
        await foreach (var part in models.AnswerAsync(context.Request!, new AnswerLimits { Forced = context.Turn.ForcedError }, cancellationToken))
        {
            NoteFirstToken(part, context);
            if (part is ToolCallsPart asked)
            {
                calls = asked.Calls;
            }
            else
            {
                await TakeAsync(part, context, writing);
            }
        }

        return calls;
    }

    private void NoteFirstToken(AnswerPart part, TurnContext context) =>
        context.FirstTokenAt = part switch { TextPart => context.FirstTokenAt ?? time.GetUtcNow(), WithdrawPart => null, _ => context.FirstTokenAt };

    /// <summary>
    /// The model searches again. What it wrote before ("Let me look …") is no part of the answer: it is withdrawn where it was shown, so that what
    /// stays is one text.
    /// </summary>
    private async Task SearchAgainAsync(TurnContext context, IReadOnlyList<ChatToolCall> calls, Writing writing, SearchRounds rounds, CancellationToken cancellationToken)
    {
        var before = context.Answer.ToString();
        writing.Guarded.Restart();
        writing.Labels.End();
        context.FirstTokenAt = null;
        (writing.Spent, context.Usage) = (Sum(writing.Spent, context.Usage), null);
        if (before.Length > 0)
        {
            await restart.RunAsync(context, "tool_call");
        }

        context.Request = context.Request!.MayCallTools && context.Request.Tools.Count > 0
            ? await searches.ContinueAsync(context, calls, before, rounds, cancellationToken)
            : WithoutTools(context.Request);
        if (time.GetElapsedTime(writing.Started) > SearchRounds.Longest)
        {
            context.Request = context.Request with { MayCallTools = false };
        }

        broadcast.TurnStatus(context.Turn.ThreadId, Status(StatusEvent.Typing, context.Turn, time.GetUtcNow() + Patience));
    }

    /// <summary>Small models ask for tools although they may not: they are asked as one that knows none. Those that invent tools even then have failed.</summary>
    private static ChatModelRequest WithoutTools(ChatModelRequest request) => request.Tools.Count == 0
        ? throw new ModelException(ModelFailureKind.InvalidResponse)
        : request with { Tools = [], Messages = request.MessagesWithoutTools!, MessagesWithoutTools = null };

    private static ChatModelUsage? Sum(ChatModelUsage? one, ChatModelUsage? other) =>
        one is null || other is null ? one ?? other : new ChatModelUsage(one.InputTokens + other.InputTokens, one.OutputTokens + other.OutputTokens);

    private async ValueTask TakeAsync(AnswerPart part, TurnContext context, Writing writing)
    {
        switch (part)
        {
            case TextPart text:
                NameModel(text.Model, context);
                // PostgreSQL cannot store NUL; the same text must be shown and stored.
                Show(await writing.Guarded.AcceptAsync(writing.Labels.Take(text.Text.Replace("\0", "", StringComparison.Ordinal))), context);
                break;
            case UsagePart usage:
                context.Usage = Sum(writing.Spent, usage.Usage);
                break;
            case WithdrawPart withdraw:
                writing.Guarded.Restart();
                writing.Labels.End();
                await restart.RunAsync(context, withdraw.Reason);
                break;
            case RetryPart retry:
                // A call that failed may have counted tokens all the same; they are not those of the answer.
                context.Usage = writing.Spent;
                TellOfRetry(retry, context.Turn);
                break;
            case RetryStartedPart:
                broadcast.TurnStatus(context.Turn.ThreadId, Status(StatusEvent.Typing, context.Turn, time.GetUtcNow() + Patience));
                break;
            case ModelChangedPart change:
                context.Usage = writing.Spent;
                TellOfChange(change, context.Turn);
                break;
            case AnsweredPart answered:
                context.ModelName = answered.Model;
                context.Usage ??= writing.Spent;
                writing.Calls += answered.Calls;
                context.Meta = context.Meta with
                {
                    Model = answered.Model, Fallback = answered.FallbackFrom, RetryMeta = new RetryMeta(context.Turn.Attempt, writing.Calls),
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
    private sealed record Writing(GuardedAnswer Guarded, LabelStream Labels, long Started, DateTimeOffset Began)
    {
        /// <summary>Tokens of the rounds before.</summary>
        public ChatModelUsage? Spent { get; set; }

        /// <summary>Calls of models, of all rounds.</summary>
        public int Calls { get; set; }
    }

    private static ChatStatusFrame Status(string status, Turn turn, DateTimeOffset deadline) => new()
    {
        Event = status, TurnId = turn.Id, Attempt = turn.Attempt, Cid = turn.CorrelationId, Deadline = deadline,
    };
}
