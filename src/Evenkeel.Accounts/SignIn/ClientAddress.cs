using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Http;

namespace Evenkeel.Accounts.SignIn;

/// <summary>Whom a limit by address means.</summary>
internal static class ClientAddress
{
    private const int NetworkBytes = 8;

    /// <summary>The IPv4 address, or the /64 network of an IPv6 address: one subscriber has all of those.</summary>
    public static string Of(HttpContext context)
    {
        var address = context.Connection.RemoteIpAddress;
        if (address is null)
        {
            return "local";
        }

        if (address.IsIPv4MappedToIPv6)
        {
            address = address.MapToIPv4();
        }

        if (address.AddressFamily != AddressFamily.InterNetworkV6)
        {
            return address.ToString();
        }

        var bytes = address.GetAddressBytes();
        bytes.AsSpan(NetworkBytes).Clear();
        return new IPAddress(bytes).ToString();
    }
}
