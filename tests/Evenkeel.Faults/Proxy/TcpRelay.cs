using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Evenkeel.Faults.Proxy;

/// <summary>Stands before a server of this machine and passes everything on, until its connections are cut. It knows nothing of what is said.</summary>
public sealed class TcpRelay : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stopping = new();
    private readonly ConcurrentDictionary<Socket, bool> _clients = new();
    private readonly int _server;
    private readonly Task _accepting;

    /// <param name="server">The server's port.</param>
    public TcpRelay(int server)
    {
        _server = server;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    /// <summary>Where clients connect.</summary>
    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Cuts every connection there is, without a word to either side; new ones are welcome.</summary>
    public void CutAll()
    {
        foreach (var client in _clients.Keys)
        {
            client.Close(0);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        _listener.Dispose();
        CutAll();
        await _accepting;
        _stopping.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!_stopping.IsCancellationRequested)
        {
            try
            {
                _ = ServeAsync(await _listener.AcceptSocketAsync(_stopping.Token));
            }
            catch (Exception exception) when (exception is SocketException or OperationCanceledException or ObjectDisposedException)
            {
                // Stopping, or a client that left at once.
            }
        }
    }

    private async Task ServeAsync(Socket client)
    {
        using var server = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            client.NoDelay = true;
            _clients[client] = true;
            await server.ConnectAsync(IPAddress.Loopback, _server, _stopping.Token);
            await using var asked = new NetworkStream(client);
            await using var answered = new NetworkStream(server);
            await await Task.WhenAny(asked.CopyToAsync(answered, _stopping.Token), answered.CopyToAsync(asked, _stopping.Token));
        }
        catch (Exception exception) when (exception is IOException or SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // One side left, or the server is not there: the other side is closed with it.
        }
        finally
        {
            _clients.TryRemove(client, out _);
            client.Close(0);
        }
    }
}
