using System.Net;
using System.Net.Sockets;
using Microsoft.Security.AntiSSRF;

namespace Evenkeel.Platform.Outgoing;

/// <summary>
/// Which addresses may be connected to. The ranges that are not the public internet come from Microsoft.Security.AntiSSRF, which keeps the list. Its
/// handler is not used: it resolves names by itself, so that neither a test nor an allowed host's name could take part, and marks every request with
/// a header of its own.
/// </summary>
/// <param name="allowedPrivateHosts">Entries that <see cref="AllowedHost.Parse"/> understands; others are left out.</param>
public sealed class AddressGuard(IEnumerable<string> allowedPrivateHosts)
{
    private static readonly IPNetwork[] Special = Networks(IPAddressRanges.recommendedLatest);

    // Only what is given out as global unicast is the internet of IPv6: this leaves out IPv4-compatible and translated forms and whatever comes to be.
    private static readonly IPNetwork GlobalUnicast = IPNetwork.Parse("2000::/3");

    // The way to IPv4 sites in networks that have IPv6 only; the last four bytes are the address.
    private static readonly IPNetwork Nat64 = IPNetwork.Parse("64:ff9b::/96");

    // Not even by a setting: cloud providers hand out credentials at the first ones, and nobody's pages are at the others.
    private static readonly IPNetwork[] Never = Networks(
        "169.254.0.0/16", "fe80::/10", "100.100.100.200/32", "168.63.129.16/32", "fd00:ec2::254/128",
        "0.0.0.0/8", "::/128", "224.0.0.0/4", "ff00::/8", "255.255.255.255/32");

    private readonly AllowedHost[] _allowed = [.. allowedPrivateHosts.Select(AllowedHost.Parse).OfType<AllowedHost>()];

    /// <summary>Whether a connection may be made for a host to one of its addresses.</summary>
    public bool Allows(string host, IPAddress address, int port)
    {
        var real = Unmapped(address);
        return !In(Never, real) && ((IsUsualPort(port) && IsPublic(real)) || Array.Exists(_allowed, entry => entry.Matches(AllowedHost.NameOf(host), real, port)));
    }

    /// <summary>Whether an address belongs to the public internet, whatever form it is written in.</summary>
    public static bool IsPublic(IPAddress address)
    {
        var real = Unmapped(address);
        if (real.AddressFamily == AddressFamily.InterNetwork)
        {
            return !In(Special, real);
        }

        return Nat64.Contains(real) ? IsPublic(new IPAddress(real.GetAddressBytes().AsSpan(12))) : GlobalUnicast.Contains(real) && !In(Special, real);
    }

    /// <summary>Of the web.</summary>
    public static bool IsUsualPort(int port) => port is 80 or 443;

    // A scope (fe80::1%2) would keep a network from containing it.
    private static IPAddress Unmapped(IPAddress address) =>
        address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address.AddressFamily == AddressFamily.InterNetworkV6 ? new IPAddress(address.GetAddressBytes()) : address;

    private static bool In(IPNetwork[] networks, IPAddress address) => Array.Exists(networks, network => network.Contains(address));

    private static IPNetwork[] Networks(params string[] ranges) => [.. ranges.Select(range => IPNetwork.Parse(range))];
}
