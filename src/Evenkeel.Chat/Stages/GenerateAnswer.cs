using Evenkeel.Chat.Turns;
using Evenkeel.Contracts.Timeline;
using Evenkeel.Models;
using Evenkeel.Platform.Errors;
using Evenkeel.Realtime;

namespace Evenkeel.Chat.Stages;

/// <summary>Streams the model's answer to the clients as it comes.</summary>
internal sealed class GenerateAnswer(IChatModelSource models, IBroadcast broadcast, TimeProvider time) : ITurnStage
{
    public string EventType => TimelineEventType.ResponseGeneration;

    public async Task<IReadOnlyDictionary<string, object?>> RunAsync(TurnContext context, CancellationToken cancellationToken)
    {
        var turn = context.Turn;
        var model = models.Primary;
        context.ModelName = model.NameFor(context.Request!);
        context.Meta = context.Meta with { Model = context.ModelName };
        var started = time.GetTimestamp();
        TimeSpan? firstToken = null;
        try
        {
            await foreach (var delta in model.StreamAsync(context.Request!, cancellationToken))
            {
                context.Usage = delta.Usage ?? context.Usage;
                if (delta.Text.Length == 0)
                {
                    continue;
                }

                firstToken ??= time.GetElapsedTime(started);
                // PostgreSQL cannot store NUL; the same text must be shown and stored.
                var text = delta.Text.Replace("\0", "", StringComparison.Ordinal);
                context.Answer.Append(text);
                broadcast.Delta(turn.ThreadId, turn.Id, turn.CorrelationId, turn.Attempt, context.ModelName, text);
            }
        }
        catch (ModelException exception)
        {
            throw new StageFailedException(new Error(exception.Code) { RetryAfter = exception.RetryAfter }, "llm_error", exception);
        }

        context.Meta = GenerationMeta.WithCitations(context);
        return new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["model"] = context.ModelName,
            ["characters"] = context.Answer.Length,
            ["time_to_first_token_ms"] = firstToken is { } first ? Math.Round(first.TotalMilliseconds, 1) : null,
            ["input_tokens"] = context.Usage?.InputTokens,
            ["output_tokens"] = context.Usage?.OutputTokens,
            ["citations"] = context.Meta.Citations?.Count ?? 0,
        };
    }
}
