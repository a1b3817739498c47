using System.Globalization;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections.Features;

namespace Evenkeel.ScriptedModel;

/// <summary>What is scripted for an endpoint that answers with one JSON document.</summary>
internal static class ServiceBehaviour
{
    /// <summary>Does as told; false = the usual answer follows.</summary>
    public static async Task<bool> AnswersAsync(HttpContext context, Behaviour? behaviour)
    {
        if (behaviour is null)
            return false;
        var ct = context.RequestAborted;
        if (behaviour.FirstDelayMs > 0)
            await Task.Delay(TimeSpan.FromMilliseconds(behaviour.FirstDelayMs), TimeProvider.System, ct);
        switch (behaviour.Kind)
        {
            case BehaviourKind.RateLimit or BehaviourKind.ServerError:
                context.Response.StatusCode = behaviour.Status ?? (behaviour.Kind == BehaviourKind.RateLimit ? 429 : 500);
                if (behaviour.RetryAfterS is { } seconds)
                    context.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
                return true;
            case BehaviourKind.Hang:
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, ct);
                return true;
            case BehaviourKind.Cut:
                context.Response.ContentLength = 1000;
                await context.Response.WriteAsync("{", ct);
                await context.Response.Body.FlushAsync(ct);
                context.Features.Get<IConnectionSocketFeature>()!.Socket.Shutdown(SocketShutdown.Send);
                return true;
            case BehaviourKind.Gated:
                await behaviour.Gate.PassAsync(ct);
                break;
        }
        var body = behaviour.Kind switch { BehaviourKind.Garbage => "<html>oops", BehaviourKind.Empty => "{}", _ => behaviour.Text };
        if (body is null)
            return false;
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(body, ct);
        return true;
    }
}
