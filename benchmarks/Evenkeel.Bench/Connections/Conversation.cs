using System.Text;
using System.Text.Json;
using Evenkeel.Bench.Clients;

namespace Evenkeel.Bench.Connections;

/// <summary>Sends to the real server.</summary>
internal static class Conversation
{
    /// <summary>A new conversation with one question.</summary>
    public static async Task<Guid> StartAsync(RawHttp client, Uri server, string token) => await PostAsync(client, server, token, null);

    /// <summary>Another question in a conversation.</summary>
    public static async Task<Guid> AskAsync(RawHttp client, Uri server, string token, Guid threadId) => await PostAsync(client, server, token, threadId);

    /// <summary>Returns when the newest of many conversations is answered; turns are taken in the order sent.</summary>
    public static async Task AllAnsweredAsync(Uri server, string token, Guid lastThread)
    {
        using var socket = await RawWebSocket.ConnectAsync(server, $"/ws/chat/{lastThread}?after_seq=0", token);
        while ((await socket.ReadAsync()).Span.IndexOf("\"role\":\"assistant\""u8) < 0)
        {
        }

        await Task.Delay(TimeSpan.FromSeconds(1));
    }

    private static async Task<Guid> PostAsync(RawHttp client, Uri server, string token, Guid? threadId)
    {
        var thread = threadId is { } id ? $"\"thread_id\":\"{id}\"," : "";
        var json = Encoding.UTF8.GetBytes($$"""{{{thread}}"message":"How do I resume a stream after a disconnect?"}""");
        var status = await client.SendAsync(RawHttp.Post(server, "/api/v1/chat", token, json));
        return status == 202
            ? JsonSerializer.Deserialize<JsonElement>(client.Body.Span).GetProperty("thread_id").GetGuid()
            : throw new BenchmarkException($"A message was refused with {status}: {Encoding.UTF8.GetString(client.Body.Span)}");
    }
}
