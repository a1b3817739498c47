using System.Net;
using System.Net.Sockets;

namespace Evenkeel.Platform.Outgoing;

/// <summary>
/// Connects to the very addresses that were checked: a name is resolved once for each connection, so that it cannot be another one's by the
/// time it is used. A name of which one address is forbidden is refused altogether.
/// </summary>
public sealed class GuardedConnections(AddressGuard guard, INetwork network)
{
    // For the connection and TLS; a site that needs longer is down.
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(10);

    // Kilobytes of response headers: cookies nobody asked for come to some; more is no page's.
    private const int MostHeaderKilobytes = 64;

    /// <summary>The handler of the named client; it follows no redirects, keeps no cookies, knows no credentials and uses no proxy.</summary>
    public SocketsHttpHandler CreateHandler() => new()
    {
        ConnectCallback = async (context, token) => await ConnectAsync(context.DnsEndPoint.Host, context.DnsEndPoint.Port, token),
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = false,
        Credentials = null,
        AutomaticDecompression = DecompressionMethods.All,
        ConnectTimeout = ConnectTimeout,
        MaxResponseHeadersLength = MostHeaderKilobytes,
        PooledConnectionIdleTimeout = TimeSpan.FromSeconds(30),
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
    };

    /// <summary>A connection to a host. Throws <see cref="ForbiddenAddressException"/> where it is forbidden or not known, <see cref="SocketException"/> where it is away.</summary>
    public async Task<Stream> ConnectAsync(string host, int port, CancellationToken cancellationToken)
    {
        var addresses = await ResolveAsync(host.Trim('[', ']'), cancellationToken);
        if (!addresses.All(address => guard.Allows(host, address, port)))
        {
            throw new ForbiddenAddressException();
        }

        // IPv4 first: a server without IPv6 would wait for the time-out of the others.
        var ordered = addresses.OrderBy(address => address.AddressFamily == AddressFamily.InterNetworkV6).ToArray();
        for (var tried = 1; ; tried++)
        {
            try
            {
                return await network.ConnectAsync(ordered[tried - 1], port, cancellationToken);
            }
            catch (SocketException) when (tried < ordered.Length)
            {
                // The next of its addresses may answer.
            }
        }
    }

    private async Task<IReadOnlyList<IPAddress>> ResolveAsync(string host, CancellationToken cancellationToken)
    {
        if (IPAddress.TryParse(host, out var literal))
        {
            return [literal];
        }

        var addresses = await network.ResolveAsync(host, cancellationToken);
        return addresses.Count > 0 ? addresses : throw new SocketException((int)SocketError.HostNotFound);
    }
}

/// <summary>An address that must not be connected to.</summary>
public sealed class ForbiddenAddressException() : Exception("The address is not on the public internet and not among the allowed hosts.");
