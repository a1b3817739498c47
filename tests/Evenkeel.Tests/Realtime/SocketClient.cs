using System.Net.WebSockets;
using System.Text;
using System.Text.Json;

namespace Evenkeel.Tests.Realtime;

/// <summary>A real WebSocket client that reads one frame at a time.</summary>
internal sealed class SocketClient : IAsyncDisposable
{
    /// <summary>Far more than anything takes; only a failing test waits so long.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly ClientWebSocket _socket = new();
    private readonly byte[] _buffer = new byte[1024 * 1024];

    public int? CloseCode => (int?)_socket.CloseStatus;

    public JsonElement CloseReason => JsonDocument.Parse(_socket.CloseStatusDescription ?? "{}").RootElement;

    public static async Task<SocketClient> ConnectAsync(Uri address, string? key = null)
    {
        var client = new SocketClient();
        if (key is not null)
        {
            client._socket.Options.SetRequestHeader("X-API-Key", key);
        }

        using var patience = new CancellationTokenSource(Patience);
        await client._socket.ConnectAsync(address, patience.Token);
        return client;
    }

    /// <summary>The next frame; null when the server closes.</summary>
    public async Task<JsonElement?> ReadAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        var length = 0;
        while (true)
        {
            var part = await _socket.ReceiveAsync(_buffer.AsMemory(length), patience.Token);
            if (part.MessageType == WebSocketMessageType.Close)
            {
                await _socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, patience.Token);
                return null;
            }

            length += part.Count;
            if (part.EndOfMessage)
            {
                return JsonDocument.Parse(Encoding.UTF8.GetString(_buffer, 0, length)).RootElement;
            }
        }
    }

    /// <summary>The next frame that is of this type, or whose status event this is.</summary>
    public async Task<JsonElement> ReadAsync(string type)
    {
        while (await ReadAsync() is { } frame)
        {
            if (frame.Type() == type || (frame.TryGetProperty("event", out var name) && name.ValueKind == JsonValueKind.String && name.GetString() == type))
            {
                return frame;
            }
        }

        throw new InvalidOperationException($"Closed with {CloseCode} before {type} came.");
    }

    /// <summary>Reads to the end and gives the close code.</summary>
    public async Task<int?> ReadToCloseAsync()
    {
        while (await ReadAsync() is not null)
        {
        }

        return CloseCode;
    }

    public Task SendAsync(object frame) => SendAsync(JsonSerializer.SerializeToUtf8Bytes(frame), WebSocketMessageType.Text);

    public async Task SendAsync(byte[] bytes, WebSocketMessageType type)
    {
        using var patience = new CancellationTokenSource(Patience);
        await _socket.SendAsync(bytes, type, true, patience.Token);
    }

    /// <summary>Breaks the network connection without a word.</summary>
    public void Drop() => _socket.Abort();

    public ValueTask DisposeAsync()
    {
        _socket.Dispose();
        return ValueTask.CompletedTask;
    }
}

internal static class FrameReading
{
    public static string Type(this JsonElement frame) => frame.GetProperty("type").GetString()!;

    public static string Text(this JsonElement frame, string member) => frame.GetProperty(member).GetString()!;

    public static long Number(this JsonElement frame, string member) => frame.GetProperty(member).GetInt64();
}
