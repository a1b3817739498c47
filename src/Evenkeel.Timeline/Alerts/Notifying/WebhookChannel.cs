using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Evenkeel.Contracts;
using Evenkeel.Contracts.Operations;
using Evenkeel.Timeline.Alerts.Managing;

namespace Evenkeel.Timeline.Alerts.Notifying;

/// <summary>Posts JSON, signed as event webhooks are: <c>webhook-signature: v1,</c> and the HMAC-SHA256 of id, time and body.</summary>
internal sealed class WebhookChannel(IHttpClientFactory clients, TimeProvider time) : IAlertChannel
{
    /// <summary>Name of the client; what it may connect to is decided where it is registered.</summary>
    public const string Client = "alerts";

    /// <inheritdoc/>
    public string Kind => ReceiverKind.Webhook;

    /// <inheritdoc/>
    public async Task SendAsync(ReceiverRow receiver, AlertMessage message, CancellationToken cancellationToken)
    {
        var body = JsonSerializer.Serialize(message, Wire.Json);
        var timestamp = time.GetUtcNow().ToUnixTimeSeconds().ToString();
        using var request = new HttpRequestMessage(HttpMethod.Post, receiver.Target) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.Add("webhook-id", message.Id.ToString());
        request.Headers.Add("webhook-timestamp", timestamp);
        request.Headers.Add("webhook-signature", "v1," + Sign(receiver.Secret ?? "", $"{message.Id}.{timestamp}.{body}"));
        using var response = await clients.CreateClient(Client).SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        if (!response.IsSuccessStatusCode)
        {
            throw new AlertNotSentException($"HTTP {(int)response.StatusCode}");
        }
    }

    private static string Sign(string secret, string text) => Convert.ToBase64String(HMACSHA256.HashData(KeyOf(secret), Encoding.UTF8.GetBytes(text)));

    // "whsec_" and base64, as the Standard Webhooks libraries expect it.
    private static byte[] KeyOf(string secret) => Convert.FromBase64String(secret[(secret.IndexOf('_', StringComparison.Ordinal) + 1)..]);
}
