using System.Globalization;
using System.Net;

namespace Evenkeel.Platform.Outgoing;

/// <summary>
/// A host that may be connected to although it is not on the public internet: a name, an address or a network, with a port where it is not 80 or 443
/// (<c>wiki.example:8080</c>, <c>[fd00::/8]:8080</c>, <c>:*</c> for any).
/// </summary>
public sealed record AllowedHost
{
    private const int AnyPort = 0;

    /// <summary>A host's name in lower case; null where addresses are allowed instead.</summary>
    private string? Name { get; init; }

    private IPNetwork? Network { get; init; }

    /// <summary>Null = the two usual ones.</summary>
    private int? Port { get; init; }

    /// <summary>The entry a setting says, or null where it says none.</summary>
    public static AllowedHost? Parse(string entry)
    {
        var (host, port) = Split(entry.Trim());
        if (host.Length == 0 || port is < AnyPort or > 65_535)
        {
            return null;
        }

        if (IPAddress.TryParse(host, out var address))
        {
            return new AllowedHost { Network = new IPNetwork(address, address.GetAddressBytes().Length * 8), Port = port };
        }

        if (host.Contains('/', StringComparison.Ordinal))
        {
            return IPNetwork.TryParse(host, out var network) ? new AllowedHost { Network = network, Port = port } : null;
        }

        return Uri.CheckHostName(host) == UriHostNameType.Dns ? new AllowedHost { Name = NameOf(host), Port = port } : null;
    }

    /// <summary>A host's name as names are compared: lower case, without the dot of the root.</summary>
    public static string NameOf(string host) => host.TrimEnd('.').ToLowerInvariant();

    /// <summary>Whether the entry allows a connection.</summary>
    public bool Matches(string host, IPAddress address, int port) =>
        (Port is null ? AddressGuard.IsUsualPort(port) : Port == AnyPort || Port == port)
        && (Name is not null ? Name == host : Network!.Value.Contains(address));

    private static (string Host, int? Port) Split(string entry)
    {
        // In IPv6 a colon is part of the address: there a port needs brackets.
        var colon = entry.LastIndexOf(':');
        var isBracketed = entry.StartsWith('[');
        if (colon < 0 || (isBracketed ? colon < entry.IndexOf(']', StringComparison.Ordinal) : entry.IndexOf(':', StringComparison.Ordinal) != colon))
        {
            return (entry.Trim('[', ']'), null);
        }

        var port = entry[(colon + 1)..];
        return (entry[..colon].Trim('[', ']'),
            port == "*" ? AnyPort : int.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 ? number : -1);
    }
}
