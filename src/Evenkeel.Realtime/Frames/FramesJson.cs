using System.Text.Json;
using System.Text.Json.Serialization;
using Evenkeel.Contracts;
using Evenkeel.Contracts.Frames;

namespace Evenkeel.Realtime.Frames;

/// <summary>The frames' JSON without reflection: a delta is encoded for every gathered piece of every running turn.</summary>
[JsonSerializable(typeof(ChatStatusFrame))]
[JsonSerializable(typeof(ChatMessageFrame))]
[JsonSerializable(typeof(ChatDeltaFrame))]
[JsonSerializable(typeof(ChatResetFrame))]
[JsonSerializable(typeof(ChatErrorFrame))]
[JsonSerializable(typeof(EventFrame))]
[JsonSerializable(typeof(PingFrame))]
[JsonSerializable(typeof(TokenRenewedFrame))]
[JsonSerializable(typeof(CommandErrorFrame))]
internal sealed partial class FramesJson : JsonSerializerContext
{
    /// <summary>With the rules of <see cref="Wire"/>, so that a frame and an HTTP body never differ.</summary>
    public static FramesJson Wired { get; } = Create();

    private static FramesJson Create()
    {
        var options = new JsonSerializerOptions();
        Wire.Configure(options);
        return new FramesJson(options);
    }
}
