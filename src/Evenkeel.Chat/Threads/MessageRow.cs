using System.Text.Json;
using Evenkeel.Contracts;
using Evenkeel.Contracts.Chats;
using Evenkeel.Contracts.Frames;

namespace Evenkeel.Chat.Threads;

/// <summary>A message as stored. Lists and frames are made from it here and nowhere else, so that both always say the same.</summary>
internal record MessageRow
{
    /// <summary>Columns in the order of the properties, for SELECT lists.</summary>
    public const string Columns = "seq, id, role, text, status, turn_id, created_at, client_message_id, meta::text AS meta";

    public required long Seq { get; init; }
    public required Guid Id { get; init; }
    public required string Role { get; init; }
    public required string Text { get; init; }
    public required string Status { get; init; }
    public required Guid TurnId { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public string? ClientMessageId { get; init; }
    public string? Meta { get; init; }

    /// <summary>The message for a list.</summary>
    public Message ToMessage() => new()
    {
        Seq = Seq,
        Id = Id,
        Role = Role,
        Text = Text,
        Status = Status,
        TurnId = TurnId,
        CreatedAt = CreatedAt,
        ClientMessageId = ClientMessageId,
        Meta = ParseMeta(),
    };

    /// <summary>The durable frame of this message.</summary>
    public Frame ToFrame()
    {
        var message = ToMessage();
        return message.Meta?.Error is { } error ? ErrorFrame(message, error) : MessageFrame(message);
    }

    /// <summary>The durable frame of a message that carries no error.</summary>
    public static ChatMessageFrame MessageFrame(Message message) => new()
    {
        Seq = message.Seq,
        Id = message.Id,
        Role = message.Role,
        Text = message.Text,
        Status = message.Status,
        TurnId = message.TurnId,
        CreatedAt = message.CreatedAt,
        ClientMessageId = message.ClientMessageId,
        Meta = message.Meta,
    };

    private static ChatErrorFrame ErrorFrame(Message message, MessageError error) => new()
    {
        Seq = message.Seq,
        Id = message.Id,
        TurnId = message.TurnId,
        ErrorCode = error.ErrorCode,
        Error = error.Error,
        Retryable = error.Retryable,
        RetryAfterSeconds = error.RetryAfterSeconds,
        CorrelationId = error.CorrelationId,
        CreatedAt = message.CreatedAt,
        Meta = message.Meta,
        Cid = error.CorrelationId,
    };

    private MessageMeta? ParseMeta() => Meta is null ? null : JsonSerializer.Deserialize<MessageMeta>(Meta, Wire.Json);
}
