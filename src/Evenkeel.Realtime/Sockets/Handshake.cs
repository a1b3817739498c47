using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using Microsoft.Net.Http.Headers;

namespace Evenkeel.Realtime.Sockets;

/// <summary>
/// The opening handshake (RFC 6455, section 4.2; over HTTP/2 RFC 8441). We take the stream instead of a <c>WebSocket</c> object: frames are
/// encoded once per thread, and an idle connection keeps no buffers. No extensions are negotiated.
/// </summary>
internal static class Handshake
{
    private const string Version = "13";
    private const string KeySuffix = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    private const int KeyBytes = 16;

    /// <summary>Whether this is a WebSocket request we understand.</summary>
    public static bool IsValid(HttpContext context)
    {
        var headers = context.Request.Headers;
        if (headers.SecWebSocketVersion != Version)
        {
            return false;
        }

        return context.Features.Get<IHttpExtendedConnectFeature>() is { IsExtendedConnect: true, Protocol: "websocket" }
            || (context.Features.Get<IHttpUpgradeFeature>() is { IsUpgradableRequest: true }
                && headers.Upgrade.ToString().Equals("websocket", StringComparison.OrdinalIgnoreCase)
                && IsKey(headers.SecWebSocketKey.ToString()));
    }

    /// <summary>Switches protocols; the stream carries the bytes of both directions.</summary>
    public static async Task<Stream> AcceptAsync(HttpContext context)
    {
        // A slow client is our business (it is cut with a code): Kestrel's own rule would drop it without one.
        if (context.Features.Get<IHttpMinResponseDataRateFeature>() is { } rate && context.Request.Protocol != HttpProtocol.Http2)
        {
            rate.MinDataRate = null;
        }

        if (context.Features.Get<IHttpExtendedConnectFeature>() is { IsExtendedConnect: true } connect)
        {
            return await connect.AcceptAsync();
        }

        context.Response.Headers.Connection = HeaderNames.Upgrade;
        context.Response.Headers.Upgrade = "websocket";
        context.Response.Headers.SecWebSocketAccept = Accept(context.Request.Headers.SecWebSocketKey.ToString());
        return await context.Features.GetRequiredFeature<IHttpUpgradeFeature>().UpgradeAsync();
    }

    private static bool IsKey(string key)
    {
        Span<byte> bytes = stackalloc byte[KeyBytes];
        return key.Length == 24 && Convert.TryFromBase64String(key, bytes, out var written) && written == KeyBytes;
    }

#pragma warning disable CA5350 // the protocol asks for SHA-1 here; it protects nothing
    private static string Accept(string key) => Convert.ToBase64String(SHA1.HashData(Encoding.ASCII.GetBytes(key + KeySuffix)));
#pragma warning restore CA5350
}
