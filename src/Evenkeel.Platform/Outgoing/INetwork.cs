using System.Net;
using System.Net.Sockets;

namespace Evenkeel.Platform.Outgoing;

/// <summary>Names and connections, as the operating system has them.</summary>
public interface INetwork
{
    /// <summary>All addresses of a host. Throws <see cref="SocketException"/> where the name is not known.</summary>
    Task<IReadOnlyList<IPAddress>> ResolveAsync(string host, CancellationToken cancellationToken);

    /// <summary>A connection to just this address.</summary>
    Task<Stream> ConnectAsync(IPAddress address, int port, CancellationToken cancellationToken);
}

/// <inheritdoc/>
public sealed class SystemNetwork : INetwork
{
    /// <inheritdoc/>
    public async Task<IReadOnlyList<IPAddress>> ResolveAsync(string host, CancellationToken cancellationToken) =>
        await Dns.GetHostAddressesAsync(host, cancellationToken);

    /// <inheritdoc/>
    public async Task<Stream> ConnectAsync(IPAddress address, int port, CancellationToken cancellationToken)
    {
        var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(new IPEndPoint(address, port), cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch (Exception)
        {
            socket.Dispose();
            throw;
        }
    }
}
