using System.Runtime.CompilerServices;
using Evenkeel.Contracts.Chats;
using Evenkeel.Models.Endpoints;
using Microsoft.Extensions.Options;

namespace Evenkeel.Models.Answering;

/// <summary>
/// The only loop that calls models again. An endpoint is tried until a failure is not worth another try, the time or the budget is used up;
/// then the next one of the chain goes on, and at last the built-in responder.
/// </summary>
internal sealed class AnswerModels(
    ModelEndpoints endpoints, IOptions<ModelsOptions> options, RetryWaits waits, ModelMeters meters, TimeProvider clock) : IAnswerModels
{
    /// <summary>A provider that wants to be left alone for longer than our own longest wait is passed over when another model is there.</summary>
    private static readonly TimeSpan LongestWaitBesideFallback = TimeSpan.FromSeconds(5);

    public string PrimaryModel => endpoints.Primary.Chat.Name;

    public bool OffersTools => endpoints.Primary.Tools.IsOn;

    public TimeSpan LongestSilence { get; } = endpoints.Chain.Max(endpoint => endpoint.LongestSilence);

    public async IAsyncEnumerable<AnswerPart> AnswerAsync(
        ChatModelRequest request, AnswerLimits limits, [EnumeratorCancellation] CancellationToken ct)
    {
        using var run = new AnswerRun(limits.Forced, TimeSpan.FromSeconds(options.Value.Chat.TurnTimeoutSeconds), clock);
        foreach (var step in Steps(request))
        {
            var isPassedOver = step.IsLast ? step.Endpoint.Breaker.State == BreakerState.Open
                : step.Endpoint.Breaker.IsRefusing || step.Endpoint.LeftAlone > LongestWaitBesideFallback;
            if (isPassedOver || (run.TimeLeft <= TimeSpan.Zero && !step.IsLastResort))
            {
                run.GiveUp(step.Model, step.Endpoint.Refusal(), step.Endpoint.Breaker.IsRefusing);
                continue;
            }
            if (run.HasShownText)
                yield return Withdraw(run, WithdrawPart.Fallback);
            if (run.GivenUp is { } from)
                yield return new ModelChangedPart(from, step.Model, run.GivenUpCode, run.WasRefused);
            await foreach (var part in TryAsync(step, run, ct))
            {
                yield return part;
                if (part is AnsweredPart)
                    yield break;
            }
        }
        throw run.Failure();
    }

    private IEnumerable<AnswerStep> Steps(ChatModelRequest request)
    {
        var last = endpoints.Chain[^1];
        // A chatbot's own model name means something to the endpoint asked first only.
        var others = request with { Model = null };
        foreach (var endpoint in endpoints.Chain)
        {
            yield return new AnswerStep(endpoint, endpoint == endpoints.Primary ? request : others)
            {
                IsFollowedByModel = endpoint != last, IsLast = endpoint == last && endpoints.LastResort is null,
            };
        }
        if (endpoints.LastResort is { } builtIn)
            yield return new AnswerStep(builtIn, others) { IsLastResort = true, IsLast = true };
    }

    private async IAsyncEnumerable<AnswerPart> TryAsync(AnswerStep step, AnswerRun run, [EnumeratorCancellation] CancellationToken ct)
    {
        for (var retry = 1; ; retry++)
        {
            var call = new EndpointCall(step.Endpoint, meters);
            var forced = run.BeginCall(step.IsLastResort);
            var timeIsUp = step.IsLastResort ? CancellationToken.None : run.TimeIsUp;
            if (forced is null)
            {
                await foreach (var delta in call.StreamAsync(step.Asked, timeIsUp, ct))
                {
                    if (delta.Text.Length > 0)
                        yield return new TextPart(step.Model, delta.Text);
                    if (delta.Usage is { } usage)
                        yield return new UsagePart(step.Model, usage);
                }
                run.HasShownText |= call.HasText;
            }
            if (retry == 1 && forced is null && !call.IsRefused)
                step.Endpoint.Budget.CountCall();
            if ((forced ?? call.Failure) is not { } failure)
            {
                step.NoteAnswer();
                if (call.ToolCalls.Count > 0)
                    yield return new ToolCallsPart(step.Model, call.ToolCalls);
                yield return Answered(step, run, call);
                yield break;
            }
            if (step.GoesOnWithoutTools(failure))
            {
                retry--; // another question, not the same again
                continue;
            }
            if (call.IsRefused)
                run.TakeBackCall();
            if (WaitFor(step, run, ref failure, retry, isCall: forced is null && !call.IsRefused) is not { } wait)
            {
                run.GiveUp(step.Model, failure, call.IsRefused && step.Endpoint.Breaker.IsRefusing);
                yield break;
            }
            if (run.HasShownText)
                yield return Withdraw(run, WithdrawPart.Retry);
            yield return new RetryPart(step.Model, run.Calls + 1, wait, failure.Code, failure.HttpStatus);
            await Task.Delay(wait, clock, ct);
            yield return new RetryStartedPart(step.Model, run.Calls + 1);
        }
    }

    /// <summary>How long to wait before the model is called again; null = it is given up, and <paramref name="failure"/> says what is known of the wait.</summary>
    private TimeSpan? WaitFor(AnswerStep step, AnswerRun run, ref ModelException failure, int retry, bool isCall)
    {
        // To wait until a provider may be called at all is no retry.
        var isSpent = retry > options.Value.Chat.Retries && (isCall || step.Endpoint.LeftAlone == TimeSpan.Zero);
        if (failure.Kind == ModelFailureKind.Rejected || isSpent || run.TimeLeft <= TimeSpan.Zero)
            return null;
        var wait = waits.Before(retry, failure.RetryAfter);
        if (step.Endpoint.Breaker.RetryAt is { } reopens && reopens > clock.GetUtcNow() + wait)
        {
            // This very failure opened it, or it was a probe: after the wait nobody would be let through.
            failure = failure.After(reopens - clock.GetUtcNow());
            return null;
        }
        if (wait >= run.TimeLeft || (step.IsFollowedByModel && wait > LongestWaitBesideFallback))
        {
            failure = failure.After(wait);
            return null;
        }
        // A probe is under way: whom another can answer goes on, and only who has nobody else waits for what it finds.
        if (!step.IsLast && step.Endpoint.Breaker.IsRefusing)
            return null;
        return !isCall || TakeFromBudget(step, failure) ? wait : null;
    }

    /// <summary>What was no call, but a failure asked for or a refusal by the breaker, does not come here: it must not use up what belongs to everybody.</summary>
    private bool TakeFromBudget(AnswerStep step, ModelException failure)
    {
        var isTaken = step.Endpoint.Budget.TryTake();
        if (isTaken)
            meters.Retry(step.Endpoint, failure.Code);
        else
            meters.BudgetExhausted(step.Endpoint);
        return isTaken;
    }

    private AnsweredPart Answered(AnswerStep step, AnswerRun run, EndpointCall call)
    {
        var primary = endpoints.Primary == step.Endpoint;
        if (!primary)
            meters.FallbackAnswer(step.Endpoint);
        return new AnsweredPart(step.Model, primary ? null : run.FirstGivenUp, run.Calls, call.FinishReason);
    }

    private static WithdrawPart Withdraw(AnswerRun run, string reason)
    {
        run.HasShownText = false;
        return new WithdrawPart(reason);
    }
}
