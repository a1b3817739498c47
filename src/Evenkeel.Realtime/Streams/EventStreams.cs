using Evenkeel.Accounts;
using Evenkeel.Contracts.Errors;
using Evenkeel.Contracts.Frames;
using Evenkeel.Platform.Errors;
using Evenkeel.Platform.Http;
using Evenkeel.Platform.Identifiers;
using Evenkeel.Realtime.Connections;
using Evenkeel.Realtime.Live;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using Microsoft.Extensions.Options;

namespace Evenkeel.Realtime.Streams;

/// <summary>Runs SSE responses: those of a thread and those of one turn.</summary>
internal sealed class EventStreams(
    ConnectionRegistry registry, Heartbeat heartbeat, IdSource ids, IOptions<RealtimeOptions> options,
    LiveThreads threads, IDurableFrames frames, CatchUp catchUp, ConnectionLog log) : ITurnStreams
{
    /// <inheritdoc/>
    public async Task StreamTurnAsync(
        HttpContext context, Caller caller, Guid threadId, Guid turnId, long afterSeq, CancellationToken cancellationToken)
    {
        var connection = Create(context, caller, threadId, turnId);
        if (await RunAsync(context, connection, afterSeq, cancellationToken) is { } error)
        {
            await new ErrorResult(error).ExecuteAsync(context);
        }
    }

    /// <summary>Streams a thread until the client leaves; a refusal is returned before anything is sent.</summary>
    public Task<Error?> StreamThreadAsync(HttpContext context, Caller caller, Guid threadId, long? afterSeq) =>
        RunAsync(context, Create(context, caller, threadId, null), afterSeq, context.RequestAborted);

    private StreamConnection Create(HttpContext context, Caller caller, Guid threadId, Guid? turnId) =>
        new(new ConnectionParts(ids.Next(), CorrelationId.Of(context), threadId, context.Response.Body, options.Value, heartbeat)
        {
            Abort = context.Abort,
        })
        {
            Caller = caller,
            OnlyTurn = turnId,
        };

    private async Task<Error?> RunAsync(HttpContext context, StreamConnection connection, long? afterSeq, CancellationToken clientLeft)
    {
        var user = connection.Caller!.UserId;
        if (!registry.TrySignIn(user))
        {
            return new Error(ErrorCode.RateLimited) { RetryAfter = TimeSpan.FromSeconds(10) };
        }

        var thread = threads.Hold(connection.ThreadId);
        try
        {
            return await RunAsync(context, connection, thread, new Reading(afterSeq, clientLeft));
        }
        finally
        {
            thread.Leave(connection);
            threads.Release(thread);
            registry.SignOut(user);
        }
    }

    private async Task<Error?> RunAsync(HttpContext context, StreamConnection connection, LiveThread thread, Reading reading)
    {
        if (await frames.FindThreadAsync(connection.Caller!, connection.ThreadId, reading.ClientLeft) is not { } position)
        {
            return Error.NotFound;
        }

        var refusal = registry.Add(connection);
        try
        {
            if (refusal is not null)
            {
                return new Error(ErrorCode.QueueFull) { RetryAfter = TimeSpan.FromSeconds(refusal.RetryAfterSeconds ?? 1) };
            }

            await StreamAsync(context, connection, thread, reading, position);
            return null;
        }
        finally
        {
            connection.Abandon();
            registry.Remove(connection);
            if (refusal is null)
            {
                log.Closed(connection, "client_left");
            }
        }
    }

    private async Task StreamAsync(HttpContext context, StreamConnection connection, LiveThread thread, Reading reading, ThreadPosition position)
    {
        WriteHead(context);
        log.Opened(connection, reading.AfterSeq);
        connection.SendRetryHint();
        try
        {
            var answered = await catchUp.RunAsync(connection, thread, position, reading.AfterSeq);
            EndIfTurnIsOver(connection, thread, answered);
        }
        catch (Exception exception) when (!reading.ClientLeft.IsCancellationRequested)
        {
            log.Failed(connection, exception);
            connection.Close(CloseReason.StoreUnavailable);
        }

        await connection.EndedAsync(reading.ClientLeft);
    }

    /// <summary>A turn that ended before its stream was live sends no <c>idle</c> any more.</summary>
    private static void EndIfTurnIsOver(StreamConnection connection, LiveThread thread, IReadOnlySet<Guid> answered)
    {
        if (connection is { OnlyTurn: { } turnId, Closing: null }
            && (thread.HasEnded(turnId) || (answered.Contains(turnId) && !thread.HasTurn(turnId))))
        {
            connection.Send(new ChatStatusFrame { Event = StatusEvent.Idle, TurnId = turnId });
            connection.Close(CloseReason.Complete);
        }
    }

    private static void WriteHead(HttpContext context)
    {
        context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        if (context.Features.Get<IHttpMinResponseDataRateFeature>() is { } rate && context.Request.Protocol != HttpProtocol.Http2)
        {
            // A slow client is our business: it is cut with a code.
            rate.MinDataRate = null;
        }

        var headers = context.Response.Headers;
        headers.ContentType = "text/event-stream; charset=utf-8";
        headers.CacheControl = "no-cache, no-store";
        headers["X-Accel-Buffering"] = "no";
    }

    private readonly record struct Reading(long? AfterSeq, CancellationToken ClientLeft);
}
