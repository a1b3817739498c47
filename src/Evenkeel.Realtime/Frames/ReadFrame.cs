using System.Text.Json;
using Evenkeel.Contracts.Frames;

namespace Evenkeel.Realtime.Frames;

/// <summary>Reads a frame that another process encoded.</summary>
internal static class ReadFrame
{
    /// <summary>The frame; null when this release does not know its type.</summary>
    /// <exception cref="JsonException">It is not a frame.</exception>
    public static Frame? Of(ReadOnlySpan<byte> json) => TypeOf(json) switch
    {
        FrameType.ChatStatus => JsonSerializer.Deserialize(json, FramesJson.Wired.ChatStatusFrame),
        FrameType.ChatMessage => JsonSerializer.Deserialize(json, FramesJson.Wired.ChatMessageFrame),
        FrameType.ChatDelta => JsonSerializer.Deserialize(json, FramesJson.Wired.ChatDeltaFrame),
        FrameType.ChatReset => JsonSerializer.Deserialize(json, FramesJson.Wired.ChatResetFrame),
        FrameType.ChatError => JsonSerializer.Deserialize(json, FramesJson.Wired.ChatErrorFrame),
        _ => null,
    };

    // The type comes first in every frame we write.
    private static string? TypeOf(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        reader.Read();
        reader.Read();
        return reader.TokenType == JsonTokenType.PropertyName && reader.ValueTextEquals("type"u8) && reader.Read() ? reader.GetString() : null;
    }
}
