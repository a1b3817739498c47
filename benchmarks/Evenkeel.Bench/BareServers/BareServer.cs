using System.Diagnostics;
using System.Net;
using Evenkeel.Contracts.Chats;
using Evenkeel.Contracts.Frames;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Evenkeel.Bench.BareServers;

/// <summary>What every server made for comparison has: the same Kestrel, a health answer, its heap, and a publisher of the same messages.</summary>
internal static class BareServer
{
    // With the numbers before it about as long as an answer of 32 tokens.
    private static readonly string Filler = new('x', 200);

    /// <summary>A Kestrel on a port, without logs.</summary>
    public static WebApplicationBuilder Create(int port)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, port, listen => listen.Protocols = HttpProtocols.Http1);
            kestrel.AddServerHeader = false;
        });
        return builder;
    }

    /// <summary>Maps <c>/</c>, <c>/heap</c> (bytes alive after a collection), <c>/burst</c> and <c>/pace</c>, and runs.</summary>
    public static async Task RunAsync(WebApplication app, Func<ChatMessageFrame, Task>? publish = null)
    {
        app.MapGet("/", () => "ready");
        app.MapGet("/heap", () => GC.GetTotalMemory(forceFullCollection: true));
        if (publish is not null)
        {
            var index = 0L;
            app.MapPost("/burst", async (int count) =>
            {
                for (var sent = 0; sent < count; sent++)
                {
                    await publish(Message(++index));
                }
            });
            app.MapPost("/pace", async (double rate, int count) =>
            {
                var started = Stopwatch.GetTimestamp();
                for (var sent = 0; sent < count; sent++)
                {
                    var wait = TimeSpan.FromSeconds(sent / rate) - Stopwatch.GetElapsedTime(started);
                    if (wait > TimeSpan.Zero)
                    {
                        await Task.Delay(wait);
                    }

                    await publish(Message(++index));
                }
            });
        }

        await app.RunAsync();
    }

    /// <summary>The moment and the number stand in front of the text: the clock is the machine's, the same in every process.</summary>
    private static ChatMessageFrame Message(long index) => new()
    {
        Seq = index, Id = Guid.CreateVersion7(), Role = "user", Text = $"{Stopwatch.GetTimestamp():D20} {index:D8} {Filler}",
        Status = MessageStatus.Complete, TurnId = Guid.Empty, CreatedAt = DateTimeOffset.UnixEpoch,
    };
}
