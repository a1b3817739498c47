using System.Net.WebSockets;

namespace Evenkeel.Bench.BareServers;

/// <summary>The least that Kestrel can do with a socket: read, and send back.</summary>
internal static class EchoServer
{
    public static Task RunAsync(int port)
    {
        var app = BareServer.Create(port).Build();
        app.UseWebSockets();
        app.Map("/ws", EchoAsync);
        return BareServer.RunAsync(app);
    }

    private static async Task EchoAsync(HttpContext context)
    {
        using var socket = await context.WebSockets.AcceptWebSocketAsync();
        var buffer = new byte[1024];
        while (socket.State == WebSocketState.Open)
        {
            // A read of nothing waits without a buffer, as a careful program does; ours is then only needed when there is something.
            await socket.ReceiveAsync(Memory<byte>.Empty, context.RequestAborted);
            var received = await socket.ReceiveAsync(buffer.AsMemory(), context.RequestAborted);
            if (received.MessageType == WebSocketMessageType.Text)
            {
                await socket.SendAsync(buffer.AsMemory(0, received.Count), WebSocketMessageType.Text, true, context.RequestAborted);
            }
        }
    }
}
