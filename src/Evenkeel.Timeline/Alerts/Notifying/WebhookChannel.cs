using System.Text.Json;
using Evenkeel.Contracts;
using Evenkeel.Contracts.Operations;
using Evenkeel.Timeline.Alerts.Managing;
using Evenkeel.Timeline.Webhooks;

namespace Evenkeel.Timeline.Alerts.Notifying;

/// <summary>Posts JSON as event webhooks do: signed in the same way, and through the same guard of what may be connected to.</summary>
internal sealed class WebhookChannel(SendRequest send) : IAlertChannel
{
    /// <inheritdoc/>
    public string Kind => ReceiverKind.Webhook;

    /// <inheritdoc/>
    public async Task SendAsync(ReceiverRow receiver, AlertMessage message, CancellationToken cancellationToken)
    {
        var target = new WebhookTarget
        {
            Id = receiver.Id, OrganizationId = receiver.OrganizationId, Url = receiver.Target!, EventTypes = [], Secret = KeyOf(receiver.Secret!), Failures = 0,
        };
        var outcome = await send.RunAsync(target, message.Id, JsonSerializer.SerializeToUtf8Bytes(message, Wire.Json), cancellationToken);
        if (outcome.Error is { } error)
        {
            throw new AlertNotSentException(error);
        }
    }

    // As it is shown: "whsec_" and base64.
    private static byte[] KeyOf(string secret) => Convert.FromBase64String(secret[(secret.IndexOf('_', StringComparison.Ordinal) + 1)..]);
}
