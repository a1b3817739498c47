using Evenkeel.Accounts;
using Evenkeel.Contracts.Chats;
using Evenkeel.Platform.Errors;
using Evenkeel.Platform.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Evenkeel.Chat.Feedback;

/// <summary>The route of feedback.</summary>
internal static class FeedbackEndpoints
{
    public static void MapFeedback(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/api/v1/messages/{id:guid}/feedback", GiveAsync).WithName("giveFeedback").WithTags("Threads").RequireSignIn();

    private static async Task<Results<Ok<Message>, ErrorResult>> GiveAsync(
        HttpContext context, Caller caller, Guid id, FeedbackRequest request, GiveFeedback feedback)
    {
        // Not the request's token: what is stored is also recorded, whether or not the client waits for it.
        var result = await feedback.HandleAsync(new GivenFeedback(caller, id, request, CorrelationId.Of(context)), CancellationToken.None);
        return result.TryGet(out var message, out var error) ? TypedResults.Ok(message) : new ErrorResult(error);
    }
}
