using System.Text.Json;
using Evenkeel.Contracts;
using Evenkeel.Contracts.Frames;
using Evenkeel.Platform.Errors;
using Evenkeel.Realtime.Connections;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Evenkeel.Realtime.Sockets;

/// <summary>What clients say over a socket. A frame that cannot be done is answered, never ignored.</summary>
internal sealed class ClientFrames(
    IClientCommands commands, IOptions<RealtimeOptions> options, TimeProvider time, IHostApplicationLifetime lifetime)
{
    /// <summary>Types that one connection may name.</summary>
    internal const int MostTimelineTypes = 100;

    public int MaxBytes => options.Value.MaxClientFrameBytes;

    public FrameRate NewRate() => new(options.Value.ClientFramesPerSecond, options.Value.ClientFrameBurst);

    public bool TryTake(ref FrameRate rate) => rate.TryTake(time);

    /// <summary>Does what a text message asks for.</summary>
    public async Task TakeAsync(SocketSession session, ReadOnlyMemory<byte> json, long? afterSeq)
    {
        if (Parse(json.Span) is not { Type: not null } frame)
        {
            Refuse(session, new ClientFrame(), Error.Invalid(new FieldProblem("type", "This is not a JSON object with a type.", "不是带有 type 的 JSON 对象。")));
            return;
        }

        if (session.Connection.Caller is { } caller)
        {
            if (time.GetUtcNow() >= caller.TokenExpiresAt && frame.Type != "auth")
            {
                session.Connection.Close(CloseReason.TokenExpired);
                return;
            }

            await DoAsync(session, frame);
        }
        else if (frame is { Type: "auth", Token.Length: > 0 })
        {
            await session.OpenAsync(new Opening(frame.Token, frame.AfterSeq ?? afterSeq));
        }
        else
        {
            session.Connection.Close(CloseReason.SignInMissing);
        }
    }

    private static ClientFrame? Parse(ReadOnlySpan<byte> json)
    {
        try
        {
            // Not generated code: that cannot fill an init-only extension member.
            return JsonSerializer.Deserialize<ClientFrame>(json, Wire.Json);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private async Task DoAsync(SocketSession session, ClientFrame frame)
    {
        var connection = session.Connection;
        var caller = connection.Caller!;
        Error? error = null;
        switch (frame.Type)
        {
            case "auth" when !string.IsNullOrEmpty(frame.Token):
                await session.RenewAsync(frame.Token, time);
                break;
            case "auth":
                error = Error.Invalid(FieldProblem.Required("token"));
                break;
            case "resume" when frame.AfterSeq is null or >= 0:
                await session.ResumeAsync(frame.AfterSeq);
                break;
            case "resume":
                error = AfterSeq.Invalid;
                break;
            case "send" when session.TakesCommands:
                error = await commands.SendAsync(caller, connection.ThreadId, frame, frame.Locale ?? session.Language, lifetime.ApplicationStopping);
                break;
            case "stop" when session.TakesCommands:
                error = await commands.StopAsync(caller, connection.ThreadId, frame.TurnId, lifetime.ApplicationStopping);
                break;
            case "subscribe":
                error = await SubscribeAsync(session, frame.Events ?? []);
                break;
            // Accepted: other people's typing is not shown, and a pong has done its work by arriving.
            case "typing" when session.TakesCommands:
                break;
            case "pong":
                connection.Saw(Incoming.Pong);
                break;
            default:
                error = Error.Invalid(new FieldProblem("type", "This type of frame is not known.", "未知的帧类型。"));
                break;
        }

        if (error is not null)
        {
            Refuse(session, frame, error);
        }
    }

    private static async Task<Error?> SubscribeAsync(SocketSession session, IReadOnlyList<string> types)
    {
        if (types.Count > MostTimelineTypes || types.Any(type => type is null or { Length: 0 or > 100 }))
        {
            return Error.Invalid(new FieldProblem("events", $"At most {MostTimelineTypes} names of event types.", $"最多 {MostTimelineTypes} 个事件类型名称。"));
        }

        return await session.SubscribeAsync(types.ToHashSet(StringComparer.Ordinal));
    }

    private void Refuse(SocketSession session, ClientFrame frame, Error error)
    {
        var envelope = ErrorEnvelopes.For(error, frame.Locale ?? session.Language, frame.CorrelationId ?? session.Connection.CorrelationId);
        session.Connection.Send(new CommandErrorFrame
        {
            Command = frame.Type,
            ClientMessageId = frame.ClientMessageId,
            ErrorCode = envelope.ErrorCode,
            Error = envelope.Message,
            Retryable = envelope.Retryable,
            RetryAfterSeconds = envelope.RetryAfterSeconds,
            CorrelationId = frame.CorrelationId ?? session.Connection.CorrelationId,
            Details = envelope.Details,
            Cid = frame.CorrelationId,
        });
    }
}
