using Evenkeel.Accounts;
using Evenkeel.Chat.Turns;
using Evenkeel.Contracts.Chats;
using Evenkeel.Platform.Errors;
using Evenkeel.Platform.Http;
using Evenkeel.Realtime;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Evenkeel.Chat.Sending;

/// <summary>Routes of sending, stopping and answering again.</summary>
internal static class ChatEndpoints
{
    public static void MapSending(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/v1/chat", SendAsync).WithName("sendMessage").WithTags("Chat").RequireSignIn();
        routes.MapPost("/api/chat", SendAsync).ExcludeFromDescription().RequireSignIn();
        routes.MapPost("/api/v1/chat/{thread_id:guid}/stop", StopAsync).WithName("stopTurn").WithTags("Chat").RequireSignIn();
        routes.MapPost("/api/v1/messages/{id:guid}/regenerate", RegenerateAsync).WithName("regenerateAnswer").WithTags("Chat").RequireSignIn();
    }

    private static async Task<Results<Accepted<SendMessageResponse>, EmptyHttpResult, ErrorResult>> SendAsync(
        HttpContext context, Caller caller, SendMessageRequest request, SendMessage send, ForceErrors force, QueueMonitor queue, ITurnStreams streams,
        CancellationToken cancellationToken)
    {
        if (force.Refuse(caller, context.Request.Headers[ForceErrors.Header], out var forced) is { } refused)
        {
            return new ErrorResult(refused);
        }

        var correlationId = CorrelationId.Of(context);
        var incoming = new IncomingMessage
        {
            Caller = caller,
            Request = request,
            CorrelationId = correlationId,
            Language = RequestLanguage.Supported(request.Locale) ?? RequestLanguage.Of(context),
            Forced = forced,
        };
        // Not the request's token: a client that leaves in the middle has sent all the same.
        var result = await send.HandleAsync(incoming, CancellationToken.None);
        if (!result.TryGet(out var accepted, out var error))
        {
            return new ErrorResult(error);
        }

        if (WantsStream(context.Request))
        {
            await streams.StreamTurnAsync(context, caller, accepted.ThreadId, accepted.TurnId, accepted.Seq - 1, cancellationToken);
            return TypedResults.Empty;
        }

        return TypedResults.Accepted((string?)null, Response(accepted, queue));
    }

    private static async Task<Results<Accepted<StopTurnResponse>, ErrorResult>> StopAsync(
        Caller caller, Guid thread_id, StopTurn stop, StopTurnRequest? request, CancellationToken cancellationToken)
    {
        var result = await stop.HandleAsync(caller, thread_id, request?.TurnId, cancellationToken);
        return result.TryGet(out var response, out var error) ? TypedResults.Accepted((string?)null, response) : new ErrorResult(error);
    }

    private static async Task<Results<Accepted<SendMessageResponse>, ErrorResult>> RegenerateAsync(
        HttpContext context, Caller caller, Guid id, RegenerateAnswer regenerate, ForceErrors force, QueueMonitor queue)
    {
        if (force.Refuse(caller, context.Request.Headers[ForceErrors.Header], out var forced) is { } refused)
        {
            return new ErrorResult(refused);
        }

        var request = new RegenerateRequest
        {
            Caller = caller, AnswerId = id, CorrelationId = CorrelationId.Of(context), Language = RequestLanguage.Of(context), Forced = forced,
        };
        var result = await regenerate.HandleAsync(request, CancellationToken.None);
        return result.TryGet(out var accepted, out var error)
            ? TypedResults.Accepted((string?)null, Response(accepted, queue))
            : new ErrorResult(error);
    }

    private static bool WantsStream(HttpRequest request) =>
        request.GetTypedHeaders().Accept.Any(accepted => accepted.MediaType.Equals("text/event-stream", StringComparison.OrdinalIgnoreCase));

    private static SendMessageResponse Response(AcceptedMessage accepted, QueueMonitor queue) => new()
    {
        ThreadId = accepted.ThreadId,
        MessageId = accepted.MessageId,
        TurnId = accepted.TurnId,
        Seq = accepted.Seq,
        CorrelationId = accepted.CorrelationId,
        Queue = new QueuePlace(accepted.Ahead, queue.EstimateWaitMs(accepted.Ahead)),
        StreamUrl = $"/api/v1/chat/{accepted.ThreadId}/stream",
        SocketUrl = $"/ws/chat/{accepted.ThreadId}",
    };
}
