using System.ComponentModel.DataAnnotations;
using Evenkeel.Platform.Outgoing;

namespace Evenkeel.Timeline.Webhooks;

/// <summary>Settings under <c>Timeline:Webhooks</c>.</summary>
public sealed class WebhookOptions : IValidatableObject
{
    /// <summary>Seconds a receiver may take to answer. Whoever needs longer answers first and works afterwards.</summary>
    [Range(1, 120)]
    public int TimeoutSeconds { get; init; } = 15;

    /// <summary>Hours over which a delivery is tried again, and after which a webhook that has taken nothing since is switched off. A long weekend.</summary>
    [Range(1, 720)]
    public int GiveUpAfterHours { get; init; } = 72;

    /// <summary>Requests to one webhook at once from this process, each of another session.</summary>
    [Range(1, 64)]
    public int MaxConcurrentPerWebhook { get; init; } = 4;

    /// <summary>Webhooks one organization may have.</summary>
    [Range(1, 1_000)]
    public int MaxPerOrganization { get; init; } = 20;

    /// <summary>Days the delivery log goes back.</summary>
    [Range(1, 90)]
    public int DeliveryLogDays { get; init; } = 7;

    /// <summary>
    /// Hosts that may be sent to although they are not on the public internet, such as <c>hooks.internal</c>, <c>10.1.0.0/16</c> or <c>127.0.0.1:9000</c>.
    /// Empty by default: whoever may create a webhook could reach into the server's own network otherwise.
    /// </summary>
    public IReadOnlyList<string> AllowedPrivateHosts { get; init; } = [];

    internal TimeSpan Timeout => TimeSpan.FromSeconds(TimeoutSeconds);

    internal TimeSpan GiveUpAfter => TimeSpan.FromHours(GiveUpAfterHours);

    /// <summary>How long a batch belongs to who sends it: the time-out, and what reading and writing around it may take.</summary>
    internal TimeSpan Lease => (2 * Timeout) + TimeSpan.FromSeconds(15);

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
        AllowedPrivateHosts.Where(entry => AllowedHost.Parse(entry) is null).Select(entry => new ValidationResult(
            $"Timeline:Webhooks:AllowedPrivateHosts: \"{entry}\" is no host name, address or network, such as hooks.internal, 10.1.0.0/16 or 127.0.0.1:9000."));
}
