using System.Buffers;
using System.Buffers.Text;
using System.Text;

namespace Evenkeel.Bench.Clients;

/// <summary>One HTTP/1.1 keep-alive connection: a request of ready bytes, an answer by length or in chunks.</summary>
internal sealed class RawHttp(RawConnection connection) : IDisposable
{
    private readonly ArrayBufferWriter<byte> _body = new(8 * 1024);

    /// <summary>The last answer's body; valid until the next request.</summary>
    public ReadOnlyMemory<byte> Body => _body.WrittenMemory;

    /// <summary>When the first bytes of the last answer's body came.</summary>
    public long BodyStartedAt { get; private set; }

    /// <summary>When its last bytes came.</summary>
    public long EndedAt => connection.ArrivedAt;

    public static async Task<RawHttp> ConnectAsync(Uri server) => new(await RawConnection.ConnectAsync(server));

    /// <summary>The bytes of a POST with a JSON body.</summary>
    public static byte[] Post(Uri server, string path, string? token, ReadOnlySpan<byte> json)
    {
        var authorization = token is null ? "" : $"Authorization: Bearer {token}\r\n";
        var head = Encoding.ASCII.GetBytes(
            $"POST {path} HTTP/1.1\r\nHost: {server.Authority}\r\n{authorization}Content-Type: application/json\r\nContent-Length: {json.Length}\r\n\r\n");
        return [.. head, .. json];
    }

    /// <summary>The bytes of a GET.</summary>
    public static byte[] Get(Uri server, string path, string token) =>
        Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: {server.Authority}\r\nAuthorization: Bearer {token}\r\n\r\n");

    /// <summary>Sends and reads the whole answer.</summary>
    /// <returns>The status.</returns>
    public async ValueTask<int> SendAsync(ReadOnlyMemory<byte> request)
    {
        _body.ResetWrittenCount();
        BodyStartedAt = 0;
        await connection.WriteAsync(request);
        var head = await ReadHeadAsync();
        if (head.Length >= 0)
        {
            await CopyAsync(head.Length);
        }
        else
        {
            await ReadChunksAsync();
        }

        return head.Status;
    }

    public void Dispose() => connection.Dispose();

    private async ValueTask<Head> ReadHeadAsync()
    {
        while (true)
        {
            var end = connection.Unread.Span.IndexOf("\r\n\r\n"u8);
            if (end >= 0)
            {
                var head = Parse(connection.Unread.Span[..end]);
                connection.Consume(end + 4);
                return head;
            }

            await connection.FillAsync();
        }
    }

    private static Head Parse(ReadOnlySpan<byte> head)
    {
        _ = Utf8Parser.TryParse(head[9..], out int status, out _);
        var length = -1;
        var at = head.IndexOf("Content-Length: "u8);
        if (at >= 0)
        {
            _ = Utf8Parser.TryParse(head[(at + 16)..], out length, out _);
        }

        return new Head(status, length);
    }

    private async ValueTask ReadChunksAsync()
    {
        while (true)
        {
            int lineEnd;
            while ((lineEnd = connection.Unread.Span.IndexOf("\r\n"u8)) < 0)
            {
                await connection.FillAsync();
            }

            _ = Utf8Parser.TryParse(connection.Unread.Span[..lineEnd], out int size, out _, 'x');
            connection.Consume(lineEnd + 2);
            await CopyAsync(size);
            await SkipLineEndAsync();
            if (size == 0)
            {
                return;
            }
        }
    }

    private async ValueTask CopyAsync(int bytes)
    {
        while (bytes > 0)
        {
            if (connection.Unread.Length == 0)
            {
                await connection.FillAsync();
            }

            if (BodyStartedAt == 0)
            {
                BodyStartedAt = connection.ArrivedAt;
            }

            var part = Math.Min(bytes, connection.Unread.Length);
            _body.Write(connection.Unread.Span[..part]);
            connection.Consume(part);
            bytes -= part;
        }
    }

    private async ValueTask SkipLineEndAsync()
    {
        while (connection.Unread.Length < 2)
        {
            await connection.FillAsync();
        }

        connection.Consume(2);
    }

    private readonly record struct Head(int Status, int Length);
}
