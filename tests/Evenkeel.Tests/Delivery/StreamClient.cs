using System.Text.Json;
using Evenkeel.Tests.Harness;
using Evenkeel.Tests.Realtime;
using Xunit;

namespace Evenkeel.Tests.Delivery;

/// <summary>A connection that frames come from, whichever kind it is.</summary>
internal abstract class StreamClient : IAsyncDisposable
{
    /// <summary>The next frame; an end is a failure that says why.</summary>
    public abstract Task<JsonElement> ReadAsync();

    /// <summary>Breaks the connection without a word.</summary>
    public abstract ValueTask DisposeAsync();

    public static async Task<StreamClient> ConnectAsync(TestServer server, TestAccount account, Guid thread, long afterSeq, bool isSocket)
    {
        if (isSocket)
        {
            return new Socket(await Chat.ChatDriving.ConnectAsync(server, account, thread, afterSeq));
        }

        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/v1/chat/{thread}/stream");
        request.Headers.Add("Last-Event-ID", afterSeq.ToString());
        var response = await account.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        response.EnsureSuccessStatusCode();
        return new EventStream(response, new StreamReader(await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken)));
    }

    private sealed class Socket(SocketClient client) : StreamClient
    {
        public override async Task<JsonElement> ReadAsync() =>
            await client.ReadAsync() ?? throw new InvalidOperationException($"The server closed the socket with {client.CloseCode} {client.CloseReason}.");

        public override ValueTask DisposeAsync()
        {
            client.Drop();
            return client.DisposeAsync();
        }
    }

    private sealed class EventStream(HttpResponseMessage response, StreamReader reader) : StreamClient
    {
        public override async Task<JsonElement> ReadAsync()
        {
            using var patience = new CancellationTokenSource(SocketClient.Patience);
            string? id = null;
            var lines = new List<string>();
            while (await reader.ReadLineAsync(patience.Token) is { } line)
            {
                lines.Add(line);
                if (line.StartsWith("event: error", StringComparison.Ordinal))
                {
                    throw new InvalidOperationException($"The server ended the stream: {await reader.ReadLineAsync(patience.Token)}");
                }

                if (line.StartsWith("id:", StringComparison.Ordinal))
                {
                    id = line[3..].Trim();
                }

                if (line.StartsWith("data:", StringComparison.Ordinal))
                {
                    var frame = JsonDocument.Parse(line[5..]).RootElement;
                    Assert.Equal(frame.TryGetProperty("seq", out var seq) ? seq.GetRawText() : null, id);
                    return frame;
                }
            }

            throw new InvalidOperationException($"The stream ended after: {string.Join('\n', lines)}");
        }

        public override ValueTask DisposeAsync()
        {
            reader.Dispose();
            response.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
