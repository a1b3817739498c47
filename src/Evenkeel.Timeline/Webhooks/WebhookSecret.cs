using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Evenkeel.Timeline.Webhooks;

/// <summary>What deliveries are signed with, by the rules of Standard Webhooks: HMAC-SHA256 over id, time and body.</summary>
internal static class WebhookSecret
{
    private const string Beginning = "whsec_";
    private const int Bytes = 32;

    /// <summary>How long the secret before the last change goes on signing beside the new one.</summary>
    public static readonly TimeSpan Overlap = TimeSpan.FromHours(24);

    public static byte[] Create() => RandomNumberGenerator.GetBytes(Bytes);

    /// <summary>As it is shown, once.</summary>
    public static string Show(byte[] secret) => Beginning + Convert.ToBase64String(secret);

    /// <summary>The header <c>webhook-signature</c>: one signature for each secret.</summary>
    public static string Sign(IEnumerable<byte[]> secrets, Guid id, long timestamp, ReadOnlySpan<byte> body)
    {
        var signed = new byte[Encoding.ASCII.GetByteCount(Prefix(id, timestamp)) + body.Length];
        body.CopyTo(signed.AsSpan(Encoding.ASCII.GetBytes(Prefix(id, timestamp), signed)));
        return string.Join(' ', secrets.Select(secret => $"v1,{Convert.ToBase64String(HMACSHA256.HashData(secret, signed))}"));
    }

    private static string Prefix(Guid id, long timestamp) => string.Create(CultureInfo.InvariantCulture, $"{id}.{timestamp}.");
}
