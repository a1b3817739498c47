using System.Text.Json;
using System.Text.Json.Serialization;
using Evenkeel.Contracts.Chats;

namespace Evenkeel.Contracts.Frames;

/// <summary>The <c>type</c> of each frame the server sends.</summary>
public static class FrameType
{
    public const string ChatStatus = "chat_status";
    public const string ChatMessage = "chat_message";
    public const string ChatDelta = "chat_delta";
    public const string ChatReset = "chat_reset";
    public const string ChatError = "chat_error";
    public const string Event = "event";
    public const string Ping = "ping";
    public const string TokenRenewed = "token_renewed";
    public const string CommandError = "command_error";
}

/// <summary>The <c>event</c> of a <see cref="ChatStatusFrame"/>.</summary>
public static class StatusEvent
{
    public const string Connected = "connected";
    public const string Queued = "queued";
    public const string Typing = "typing";
    public const string Retrying = "retrying";
    public const string Stage = "stage";
    public const string Idle = "idle";
}

/// <summary>One frame to a client. <c>cid</c> is the correlation id of the send that caused it.</summary>
public abstract record Frame
{
    /// <summary>One of <see cref="FrameType"/>.</summary>
    [JsonPropertyOrder(-10)]
    public abstract string Type { get; }

    /// <summary>Correlation id of the send that caused this frame.</summary>
    [JsonPropertyOrder(100)]
    public Guid? Cid { get; init; }

    /// <summary>W3C trace context of the delivery, on durable frames that are sent live while traces are exported.</summary>
    [JsonPropertyOrder(101)]
    public string? Traceparent { get; init; }
}

/// <summary>The greeting, and what a turn is doing. Not durable: the newest one counts.</summary>
public sealed record ChatStatusFrame : Frame
{
    public override string Type => FrameType.ChatStatus;

    /// <summary>One of <see cref="StatusEvent"/>.</summary>
    public required string Event { get; init; }

    public Guid? ThreadId { get; init; }

    /// <summary>With <c>connected</c>: the newest <c>seq</c> of the thread.</summary>
    public long? LastSeq { get; init; }

    /// <summary>With <c>connected</c>: whether everything after <c>after_seq</c> follows; otherwise a fresh snapshot follows.</summary>
    public bool? Recovered { get; init; }

    /// <summary>With <c>connected</c>: the oldest <c>seq</c> of the snapshot that follows, when <c>recovered</c> is false.</summary>
    public long? SnapshotFromSeq { get; init; }

    public DateTimeOffset? ServerTime { get; init; }

    public int? TokenExpiresInSeconds { get; init; }

    public Guid? TurnId { get; init; }

    /// <summary>When the client may consider the turn stuck if nothing further came.</summary>
    public DateTimeOffset? Deadline { get; init; }

    /// <summary>With <c>stage</c>: the timeline's event type.</summary>
    public string? Stage { get; init; }

    /// <summary>Friendly localized text of the stage.</summary>
    public string? UserMessage { get; init; }

    public int? Attempt { get; init; }

    public int? RetryInMs { get; init; }

    /// <summary>With <c>retrying</c>: which call of a model comes next, from 2.</summary>
    public int? ModelCall { get; init; }

    /// <summary>With <c>queued</c>: how many turns are ahead, 0 = next.</summary>
    public int? Position { get; init; }
}

/// <summary>A message of the thread. Durable.</summary>
public sealed record ChatMessageFrame : Frame
{
    public override string Type => FrameType.ChatMessage;

    public required long Seq { get; init; }

    public required Guid Id { get; init; }

    /// <summary><c>user</c> or <c>assistant</c>.</summary>
    public required string Role { get; init; }

    public required string Text { get; init; }

    /// <summary>One of <see cref="MessageStatus"/>.</summary>
    public required string Status { get; init; }

    public required Guid TurnId { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The id the sending client gave; only on user messages.</summary>
    public string? ClientMessageId { get; init; }

    public MessageMeta? Meta { get; init; }
}

/// <summary>A piece of the running answer (the contract's StreamChunk).</summary>
public sealed record ChatDeltaFrame : Frame
{
    public override string Type => FrameType.ChatDelta;

    public required Guid TurnId { get; init; }

    /// <summary>Which run of the turn; a higher attempt replaces the text of a lower one.</summary>
    public required int Attempt { get; init; }

    /// <summary>UTF-16 units of the answer before this piece.</summary>
    public required int Offset { get; init; }

    public required string Model { get; init; }

    public required string Token { get; init; }

    public bool Done { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string? Error { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string? ErrorCode { get; init; }
}

/// <summary>Discard the text shown for this turn.</summary>
public sealed record ChatResetFrame : Frame
{
    public override string Type => FrameType.ChatReset;

    public required Guid TurnId { get; init; }

    public required int Attempt { get; init; }

    public required string Reason { get; init; }
}

/// <summary>The turn ended without an answer. Durable: it stands in the thread as a message with status <c>failed</c>.</summary>
public sealed record ChatErrorFrame : Frame
{
    public override string Type => FrameType.ChatError;

    public required long Seq { get; init; }

    /// <summary>The message row that keeps this error.</summary>
    public required Guid Id { get; init; }

    public required Guid TurnId { get; init; }

    public bool Done { get; init; } = true;

    public required string ErrorCode { get; init; }

    /// <summary>Localized text.</summary>
    public required string Error { get; init; }

    public required bool Retryable { get; init; }

    [JsonPropertyName("retry_after_s")]
    public int? RetryAfterSeconds { get; init; }

    public required Guid CorrelationId { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The same as in a list, so that a state made from frames equals one made from a list.</summary>
    public MessageMeta? Meta { get; init; }
}

/// <summary>A timeline event, to subscribers.</summary>
public sealed record EventFrame : Frame
{
    public override string Type => FrameType.Event;

    public required Timeline.TimelineEvent Event { get; init; }
}

/// <summary>Keep-alive, every 15 s of the connection's life.</summary>
public sealed record PingFrame : Frame
{
    public override string Type => FrameType.Ping;

    public required DateTimeOffset Timestamp { get; init; }
}

/// <summary>The connection's token was renewed.</summary>
public sealed record TokenRenewedFrame : Frame
{
    public override string Type => FrameType.TokenRenewed;

    public required int ExpiresInSeconds { get; init; }
}

/// <summary>
/// Refuses a frame of this client (<c>send</c>, <c>stop</c>, an unknown type, invalid JSON). Not durable, and sent to that connection only:
/// the thread has not changed.
/// </summary>
public sealed record CommandErrorFrame : Frame
{
    public override string Type => FrameType.CommandError;

    /// <summary>The <c>type</c> of the frame refused, when it could be read.</summary>
    public string? Command { get; init; }

    /// <summary>As given with a <c>send</c>.</summary>
    public string? ClientMessageId { get; init; }

    public required string ErrorCode { get; init; }

    /// <summary>Localized text.</summary>
    public required string Error { get; init; }

    public required bool Retryable { get; init; }

    [JsonPropertyName("retry_after_s")]
    public int? RetryAfterSeconds { get; init; }

    public required Guid CorrelationId { get; init; }

    /// <summary>The fields that are not right, if any.</summary>
    public IReadOnlyList<Errors.FieldError>? Details { get; init; }
}

/// <summary>A frame from a client. <see cref="Type"/> decides which members count; unknown types are answered with an error.</summary>
public sealed record ClientFrame
{
    /// <summary><c>auth</c>, <c>resume</c>, <c>send</c>, <c>stop</c>, <c>typing</c>, <c>subscribe</c> or <c>pong</c>.</summary>
    public string? Type { get; init; }

    /// <summary>With <c>auth</c>: an access token or stream ticket.</summary>
    public string? Token { get; init; }

    /// <summary>With <c>resume</c>.</summary>
    public long? AfterSeq { get; init; }

    /// <summary>With <c>stop</c>; absent = the running turn.</summary>
    public Guid? TurnId { get; init; }

    /// <summary>With <c>subscribe</c>: timeline event types; <c>*</c> = all.</summary>
    public IReadOnlyList<string>? Events { get; init; }

    /// <summary>With <c>send</c>: as in <see cref="SendMessageRequest"/>.</summary>
    public string? Message { get; init; }

    public string? ClientMessageId { get; init; }

    public Guid? CorrelationId { get; init; }

    public string? Locale { get; init; }

    public string? SearchHandle { get; init; }

    public IReadOnlyList<Guid>? CandidateEventIds { get; init; }

    public string? TimeZone { get; init; }

    [JsonExtensionData]
    public IDictionary<string, JsonElement>? Unknown { get; init; }
}
