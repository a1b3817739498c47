using System.Buffers.Binary;
using System.Text;
using Evenkeel.Contracts;
using Evenkeel.Realtime.Frames;
using Evenkeel.Realtime.Sockets;

namespace Evenkeel.Realtime.Connections;

/// <summary>Why the server ends a connection.</summary>
/// <param name="Code">WebSocket close code; it alone tells the client what to do.</param>
/// <param name="ErrorCode">A code of the catalogue, for people and logs.</param>
/// <param name="Name">For logs.</param>
internal sealed record CloseReason(int Code, string ErrorCode, string Name)
{
    private const int UnsupportedData = 1003;
    private const int InvalidPayload = 1007;
    private const int ProtocolError = 1002;

    public static CloseReason SignInMissing { get; } = new(CloseCode.TokenExpired, Contracts.Errors.ErrorCode.AuthRequired, "sign_in_missing");
    public static CloseReason TokenExpired { get; } = new(CloseCode.TokenExpired, Contracts.Errors.ErrorCode.TokenExpired, "token_expired");
    public static CloseReason TokenInvalid { get; } = new(CloseCode.TokenExpired, Contracts.Errors.ErrorCode.TokenInvalid, "token_invalid");
    public static CloseReason Forbidden { get; } = new(CloseCode.Forbidden, Contracts.Errors.ErrorCode.Forbidden, "forbidden");
    public static CloseReason NotFound { get; } = new(CloseCode.NotFound, Contracts.Errors.ErrorCode.NotFound, "not_found");
    public static CloseReason Stale { get; } = new(CloseCode.Stale, Contracts.Errors.ErrorCode.ServerError, "stale");
    public static CloseReason FrameTooLarge { get; } = new(CloseCode.FrameTooLarge, Contracts.Errors.ErrorCode.InvalidRequest, "frame_too_large");
    public static CloseReason TooManyFrames { get; } = new(CloseCode.TooMany, Contracts.Errors.ErrorCode.RateLimited, "too_many_frames") { RetryAfterSeconds = 2 };
    public static CloseReason TooManyConnections { get; } = new(CloseCode.TooMany, Contracts.Errors.ErrorCode.RateLimited, "too_many_connections") { RetryAfterSeconds = 10 };
    public static CloseReason TooSlow { get; } = new(CloseCode.TooSlow, Contracts.Errors.ErrorCode.ServerError, "too_slow");
    public static CloseReason Overloaded { get; } = new(CloseCode.Overloaded, Contracts.Errors.ErrorCode.QueueFull, "overloaded") { RetryAfterSeconds = 5 };
    public static CloseReason StoreUnavailable { get; } = new(CloseCode.Overloaded, Contracts.Errors.ErrorCode.ServerError, "store_unavailable") { RetryAfterSeconds = 2 };
    public static CloseReason GoingAway { get; } = new(CloseCode.GoingAway, Contracts.Errors.ErrorCode.ServerError, "going_away") { RetryAfterSeconds = 1 };
    public static CloseReason BinaryMessage { get; } = new(UnsupportedData, Contracts.Errors.ErrorCode.InvalidRequest, "binary_message");
    public static CloseReason InvalidText { get; } = new(InvalidPayload, Contracts.Errors.ErrorCode.InvalidRequest, "invalid_utf8");
    public static CloseReason BrokenProtocol { get; } = new(ProtocolError, Contracts.Errors.ErrorCode.InvalidRequest, "protocol_error");

    /// <summary>The stream gave all it was asked for; only <c>POST /api/v1/chat</c> streams end so.</summary>
    public static CloseReason Complete { get; } = new(1000, "", "complete");

    /// <summary>How long to wait before connecting again, where it matters.</summary>
    public int? RetryAfterSeconds { get; init; }

    /// <summary>The last bytes of the connection: a close frame, or an <c>error</c> event.</summary>
    public byte[] Encode(Transport transport)
    {
        if (transport == Transport.EventStream)
        {
            return this == Complete ? [] : Encoding.UTF8.GetBytes($"event: error\ndata: {Json($"\"code\":{Code},")}\n\n");
        }

        var text = Encoding.UTF8.GetBytes(Json(""));
        var payload = new byte[2 + text.Length];
        BinaryPrimitives.WriteUInt16BigEndian(payload, (ushort)Code);
        text.CopyTo(payload.AsSpan(2));
        return FrameHeader.Control(FrameHeader.Close, payload);
    }

    // At most 123 bytes (RFC 6455, section 5.5): both values are short and need no escaping.
    private string Json(string before) =>
        RetryAfterSeconds is { } wait
            ? $$"""{{{before}}"error_code":"{{ErrorCode}}","retry_after_s":{{wait}}}"""
            : $$"""{{{before}}"error_code":"{{ErrorCode}}"}""";
}
