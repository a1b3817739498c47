namespace Evenkeel.Realtime.Frames;

/// <summary>How frames travel.</summary>
internal enum Transport
{
    /// <summary>RFC 6455 text messages.</summary>
    WebSocket,

    /// <summary>Server-sent events.</summary>
    EventStream,
}
