using System.Text.Json;

namespace Evenkeel.ScriptedModel;

/// <summary>
/// OpenAI's moderations: nothing is flagged, unless a script for the text says so. Its <see cref="Behaviour.Text"/> is then the category;
/// failures are those of chat.
/// </summary>
internal static class ModerationsEndpoint
{
    public static string InputOf(ReceivedRequest request)
    {
        using var document = request.Parse();
        return document.RootElement.GetProperty("input").ToString();
    }

    public static async Task AnswerAsync(HttpContext context, Behaviour? behaviour)
    {
        switch (behaviour?.Kind)
        {
            case BehaviourKind.RateLimit or BehaviourKind.ServerError:
                context.Response.StatusCode = behaviour.Status ?? (behaviour.Kind == BehaviourKind.RateLimit ? 429 : 500);
                return;
            case BehaviourKind.Hang:
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted);
                return;
            case BehaviourKind.Gated:
                await behaviour.Gate.PassAsync(context.RequestAborted);
                break;
        }

        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(
            behaviour?.Kind == BehaviourKind.Garbage ? "<html>oops" : Verdict(behaviour?.Text), context.RequestAborted);
    }

    private static string Verdict(string? category) => JsonSerializer.Serialize(new
    {
        id = "modr-scripted",
        model = "scripted",
        results = new[]
        {
            new { flagged = category is not null, categories = new Dictionary<string, bool> { ["harassment"] = false, [category ?? "violence"] = category is not null } },
        },
    });
}
