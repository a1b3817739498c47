using Evenkeel.Platform.Health;

namespace Evenkeel.Models;

/// <summary>How the moderation endpoint is. The server tells what turns have met; the doctor asks it once.</summary>
internal sealed class ModerationHealth(ModerationEndpoint endpoint) : IHealthContributor
{
    private const string Harmless = "What are the opening hours?";

    public string Name => "moderation";

    public async Task<IReadOnlyList<HealthCheck>> CheckAsync(HealthAsker asker, CancellationToken cancellationToken)
    {
        if (!endpoint.IsConfigured)
        {
            return [HealthCheck.Ok(Name, "built-in rules", "For a model's judgement as well set Models__Moderation__Endpoint.")];
        }

        var isWorking = asker == HealthAsker.Doctor ? (await endpoint.AskAsync(Harmless, cancellationToken)).IsAnswered : !endpoint.IsResting;
        return
        [
            isWorking
                ? HealthCheck.Ok(Name, $"built-in rules and {endpoint.Name}")
                : HealthCheck.Degraded(
                    Name, $"{endpoint.Name} does not answer as it should",
                    "The built-in rules decide alone until it does, which is tried by itself. Look at Models__Moderation__Endpoint, ApiKey and Model."),
        ];
    }
}
