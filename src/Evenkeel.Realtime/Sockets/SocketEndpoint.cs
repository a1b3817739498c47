using System.Globalization;
using Evenkeel.Accounts;
using Evenkeel.Contracts.Errors;
using Evenkeel.Platform.Errors;
using Evenkeel.Platform.Http;
using Evenkeel.Platform.Identifiers;
using Evenkeel.Realtime.Connections;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Evenkeel.Realtime.Sockets;

/// <summary><c>/ws/chat/{thread_id}?token=…&amp;after_seq=N</c> and <c>/chat/ws/events/{session_id}?token=…&amp;after_seq=N&amp;types=a,b</c>.</summary>
internal sealed class SocketEndpoint(
    ConnectionRegistry registry, Heartbeat heartbeat, IdSource ids, IOptions<RealtimeOptions> options, SocketSessions sessions, ConnectionLog log)
{
    private const string Separator = ",";

    /// <summary>A connection to a thread, from its beginning to its end. Refusals before the protocol switch are HTTP; all later ones are close codes, which browsers can read.</summary>
    public Task RunAsync(HttpContext context) => RunAsync(
        context, "thread_id", (connection, stream) => new ChatSession(sessions, connection, stream, RequestLanguage.Of(context)), TokenOf(context));

    /// <summary>A connection to a session's timeline.</summary>
    public Task RunEventsAsync(HttpContext context)
    {
        string[] types = [.. context.Request.Query["types"].ToString().Split(Separator, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];
        if (types.Length > ClientFrames.MostTimelineTypes)
        {
            var problem = new FieldProblem("types", $"At most {ClientFrames.MostTimelineTypes} names.", $"最多 {ClientFrames.MostTimelineTypes} 个名称。");
            return new ErrorResult(Error.Invalid(problem)).ExecuteAsync(context);
        }

        var language = RequestLanguage.Supported(context.Request.Query["locale"]) ?? RequestLanguage.Of(context);
        var wanted = types.Length == 0 ? null : types.ToHashSet(StringComparer.Ordinal);
        return RunAsync(
            context, "session_id", (connection, stream) => new EventsSession(sessions, connection, stream, language) { Types = wanted },
            TokenOf(context) ?? RequireSignInOrKeyExtensions.KeyOf(context));
    }

    private async Task RunAsync(HttpContext context, string idName, Func<SocketConnection, Stream, SocketSession> create, string? token)
    {
        if (!Handshake.IsValid(context))
        {
            context.Response.Headers.Upgrade = "websocket";
            context.Response.Headers.SecWebSocketVersion = "13";
            await new ErrorResult(new Error(ErrorCode.InvalidRequest) { Status = StatusCodes.Status426UpgradeRequired }).ExecuteAsync(context);
            return;
        }

        if (!AfterSeq.TryRead(context.Request.Query["after_seq"], out var afterSeq))
        {
            await new ErrorResult(AfterSeq.Invalid).ExecuteAsync(context);
            return;
        }

        var stream = await Handshake.AcceptAsync(context);
        var threadId = Guid.TryParse((string?)context.Request.RouteValues[idName], out var parsed) ? parsed : Guid.Empty;
        var connection = new SocketConnection(
            new ConnectionParts(ids.Next(), CorrelationId.Of(context), threadId, stream, options.Value, heartbeat)
            {
                Abort = context.Abort,
            });
        await RunAsync(connection, create(connection, stream), new Opening(token, afterSeq));
    }

    private async Task RunAsync(SocketConnection connection, SocketSession session, Opening opening)
    {
        try
        {
            if (registry.Add(connection) is { } refusal)
            {
                connection.Close(refusal);
            }

            await session.RunAsync(opening);
        }
        finally
        {
            session.Release();
            connection.Abandon();
            registry.Remove(connection);
            log.Closed(connection, session.EndedBy);
        }
    }

    private static string? TokenOf(HttpContext context) =>
        context.Request.Query["token"].ToString() is { Length: > 0 } token ? token : RequireSignInExtensions.BearerToken(context);
}

/// <summary>What stands in the URL of a connection.</summary>
internal readonly record struct Opening(string? Token, long? AfterSeq);

/// <summary>The <c>after_seq</c> of a URL.</summary>
internal static class AfterSeq
{
    public static Error Invalid { get; } =
        Error.Invalid(new FieldProblem("after_seq", "This must be a whole number, 0 or more.", "必须是不小于 0 的整数。"));

    /// <summary>Null when absent; false when it is no number.</summary>
    public static bool TryRead(string? text, out long? value)
    {
        value = null;
        if (string.IsNullOrEmpty(text))
        {
            return true;
        }

        if (!long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return false;
        }

        value = number;
        return true;
    }
}
