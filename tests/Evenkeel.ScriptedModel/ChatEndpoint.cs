using System.Net.Sockets;
using Microsoft.AspNetCore.Connections.Features;

namespace Evenkeel.ScriptedModel;

/// <summary>Plays one behaviour to one chat request, in either dialect.</summary>
internal sealed class ChatEndpoint(IDialect dialect, ScriptedModelOptions options)
{
    private readonly EncodedAnswers _answers = new(dialect);
    private readonly Behaviour _default = new()
    {
        DelayMs = (int)options.Delay.TotalMilliseconds,
        FirstDelayMs = (int)options.FirstDelay.TotalMilliseconds,
    };

    public async Task AnswerAsync(HttpContext context, ReceivedRequest request, Behaviour? scripted)
    {
        var behaviour = scripted ?? _default;
        if (behaviour.Compose is { } compose)
            behaviour = behaviour with { Text = compose(request) };
        if (behaviour.Kind is BehaviourKind.RateLimit or BehaviourKind.ServerError)
            await RefuseAsync(context, behaviour);
        else if (behaviour is { Kind: BehaviourKind.Hang, AfterTokens: 0 })
            await HangAsync(context.RequestAborted);
        else if (request.Stream)
            await StreamAsync(context, request, behaviour);
        else
            await CompleteAsync(context, request, behaviour);
    }

    private async Task RefuseAsync(HttpContext context, Behaviour behaviour)
    {
        var status = behaviour.Status ?? (behaviour.Kind == BehaviourKind.RateLimit ? 429 : 500);
        if (behaviour.RetryAfterS is { } seconds)
            context.Response.Headers.RetryAfter = seconds.ToString();
        else if (behaviour.RetryAfterAt is { } at)
            context.Response.Headers.RetryAfter = at.ToString("R");
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        // Real providers say in their errors what they were sent.
        await context.Response.WriteAsync(behaviour.Text ?? dialect.Error(status), context.RequestAborted);
    }

    private async Task CompleteAsync(HttpContext context, ReceivedRequest request, Behaviour behaviour)
    {
        var ct = context.RequestAborted;
        var tokens = Answer.Tokens(behaviour, options.Tokens);
        await PauseAsync(behaviour.FirstDelayMs + (behaviour.DelayMs * tokens.Count), ct);
        if (behaviour.Kind == BehaviourKind.Gated)
            await behaviour.Gate.PassAsync(ct);
        if (behaviour.Kind is BehaviourKind.Hang)
            await HangAsync(ct);
        if (behaviour.Kind == BehaviourKind.Cut)
        {
            await CutAsync(context);
            return;
        }
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(
            behaviour.Kind == BehaviourKind.Garbage ? "<html>oops" : dialect.Complete(request.Model, tokens), ct);
    }

    private async Task StreamAsync(HttpContext context, ReceivedRequest request, Behaviour behaviour)
    {
        var ct = context.RequestAborted;
        var answer = _answers.For(request, behaviour, options.Tokens);
        context.Response.ContentType = "text/event-stream; charset=utf-8";
        if (behaviour.FirstDelayMs > 0)
        {
            await context.Response.StartAsync(ct);
            await PauseAsync(behaviour.FirstDelayMs, ct);
        }
        var position = 0;
        if (IsInterrupted(behaviour.Kind))
        {
            position = await SendAsync(context, answer, behaviour, position, answer.EndOfToken(behaviour.AfterTokens));
            await InterruptAsync(context, behaviour);
        }
        if (behaviour.Kind is not (BehaviourKind.Cut or BehaviourKind.Garbage))
            await SendAsync(context, answer, behaviour, position, answer.Bytes.Length);
    }

    private static bool IsInterrupted(BehaviourKind kind) =>
        kind is BehaviourKind.Hang or BehaviourKind.Cut or BehaviourKind.Garbage or BehaviourKind.Gated;

    private async Task InterruptAsync(HttpContext context, Behaviour behaviour)
    {
        var ct = context.RequestAborted;
        switch (behaviour.Kind)
        {
            case BehaviourKind.Hang:
                await HangAsync(ct);
                break;
            case BehaviourKind.Gated:
                await behaviour.Gate.PassAsync(ct);
                break;
            case BehaviourKind.Garbage:
                await context.Response.Body.WriteAsync(dialect.Garbage, ct);
                break;
            default:
                await CutAsync(context);
                break;
        }
    }

    /// <summary>An abort would send a reset, which can overtake the tokens: so the sending half is closed and no more.</summary>
    private static async Task CutAsync(HttpContext context)
    {
        await context.Response.Body.FlushAsync(context.RequestAborted);
        context.Features.Get<IConnectionSocketFeature>()!.Socket.Shutdown(SocketShutdown.Send);
    }

    /// <summary>Sends up to <paramref name="end"/>: in one write, or frame by frame when there is a delay between tokens.</summary>
    private static async Task<int> SendAsync(HttpContext context, EncodedAnswer answer, Behaviour behaviour, int position, int end)
    {
        var ct = context.RequestAborted;
        for (var token = 1; behaviour.DelayMs > 0 && token <= answer.TokenCount && answer.EndOfToken(token) <= end; token++)
        {
            if (answer.EndOfToken(token) <= position)
                continue;
            await context.Response.Body.WriteAsync(answer.Bytes[position..answer.EndOfToken(token)], ct);
            position = answer.EndOfToken(token);
            await PauseAsync(behaviour.DelayMs, ct);
        }
        await context.Response.Body.WriteAsync(answer.Bytes[position..end], ct);
        return end;
    }

    private static Task PauseAsync(int milliseconds, CancellationToken ct) =>
        milliseconds == 0 ? Task.CompletedTask : Task.Delay(TimeSpan.FromMilliseconds(milliseconds), TimeProvider.System, ct);

    private static Task HangAsync(CancellationToken ct) => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, ct);
}
