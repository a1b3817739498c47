using Evenkeel.Accounts;
using Evenkeel.Contracts.Errors;
using Evenkeel.Platform.Errors;
using Evenkeel.Realtime.Connections;
using Evenkeel.Realtime.Sockets;
using Microsoft.AspNetCore.Http;

namespace Evenkeel.Realtime.Streams;

/// <summary><c>GET /api/v1/chat/{thread_id}/stream</c>: <c>Authorization</c> or <c>?token=</c>, <c>Last-Event-ID</c> or <c>?after_seq=</c>.</summary>
internal sealed class StreamEndpoint(SignIn signIn, EventStreams streams)
{
    public async Task RunAsync(HttpContext context)
    {
        if (await StreamAsync(context) is { } error)
        {
            await new ErrorResult(error).ExecuteAsync(context);
        }
    }

    private async Task<Error?> StreamAsync(HttpContext context)
    {
        if (!AfterSeq.TryRead(LastSeen(context), out var afterSeq))
        {
            return AfterSeq.Invalid;
        }

        var token = RequireSignInExtensions.BearerToken(context) ?? context.Request.Query["token"].ToString();
        if (token.Length == 0)
        {
            return new Error(ErrorCode.AuthRequired);
        }

        var (caller, refusal) = await signIn.CheckAsync(token, context.RequestAborted);
        if (caller is null)
        {
            return new Error(refusal!.ErrorCode);
        }

        return Guid.TryParse((string?)context.Request.RouteValues["thread_id"], out var threadId)
            ? await streams.StreamThreadAsync(context, caller, threadId, afterSeq)
            : Error.NotFound;
    }

    /// <summary>The header wins: a browser that reconnects repeats the URL of its first request.</summary>
    private static string? LastSeen(HttpContext context) =>
        context.Request.Headers["Last-Event-ID"].ToString() is { Length: > 0 } header ? header : context.Request.Query["after_seq"];
}
