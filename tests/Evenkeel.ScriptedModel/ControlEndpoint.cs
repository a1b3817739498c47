using System.Text.Json;

namespace Evenkeel.ScriptedModel;

/// <summary>Scripting over HTTP, for tests that run in another process (a browser, a shell).</summary>
internal static class ControlEndpoint
{
    public static async Task HandleAsync(HttpContext context, ScriptedModelServer server)
    {
        switch (context.Request.Method, context.Request.Path.Value)
        {
            case ("POST", "/control/script"):
                var entry = await JsonSerializer.DeserializeAsync<ScriptEntry>(context.Request.Body, ScriptJson.Options, context.RequestAborted);
                server.Play(entry!.Match, entry.Behaviour);
                break;
            case ("POST", "/control/wait-held"):
                await server.WaitUntilHeldAsync(context.RequestAborted);
                break;
            case ("POST", "/control/release"):
                await server.ReleaseAsync();
                break;
            case ("POST", "/control/reset"):
                server.Reset();
                break;
            case ("GET", "/control/requests"):
                await context.Response.WriteAsJsonAsync(server.Requests.Select(Summarize), ScriptJson.Options, context.RequestAborted);
                return;
            case ("GET", "/control/count"):
                await context.Response.WriteAsJsonAsync(new RequestCount(server.RequestCount), ScriptJson.Options, context.RequestAborted);
                return;
            default:
                context.Response.StatusCode = 404;
                return;
        }
        context.Response.StatusCode = 204;
    }

    private static RequestSummary Summarize(ReceivedRequest request) =>
        new(request.Path, request.Model, request.LastUserMessage, request.Stream, request.Body);
}
