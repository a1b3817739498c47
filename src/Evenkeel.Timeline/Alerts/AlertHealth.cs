using Evenkeel.Platform.Health;
using Evenkeel.Platform.Privacy;
using Evenkeel.Timeline.Alerts.Rules;
using Microsoft.Extensions.Options;

namespace Evenkeel.Timeline.Alerts;

/// <summary>Whether rules are judged, and whether the file of rules is as it should be: alerts that fall silent are trouble themselves.</summary>
internal sealed class AlertHealth(BaseRules rules, IOptions<AlertsOptions> options, TimeProvider time) : IHealthContributor
{
    private static readonly TimeSpan Late = TimeSpan.FromMinutes(2);

    private DateTimeOffset? _judgedAt;
    private string? _failure;

    /// <inheritdoc/>
    public string Name => "alerts";

    /// <summary>A round went well.</summary>
    public void Judged(DateTimeOffset at) => (_judgedAt, _failure) = (at, null);

    /// <summary>A round failed.</summary>
    public void Failed(Exception exception) => _failure = Redaction.Describe(exception);

    /// <inheritdoc/>
    public Task<IReadOnlyList<HealthCheck>> CheckAsync(HealthAsker asker, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<HealthCheck>>([Look(asker)]);

    private HealthCheck Look(HealthAsker asker)
    {
        if (!options.Value.Enabled)
        {
            return HealthCheck.Ok(Name, "switched off", "Alerts__Enabled=true watches again.");
        }

        var count = rules.Current().Count;
        return rules.Problems is [var first, ..]
            ? HealthCheck.Degraded(Name, $"Alerts__RulesFile, line {first.Line}: {first.Text}", "Mend the file; until then the rules that were read before stay in force.")
            : asker == HealthAsker.Doctor ? HealthCheck.Ok(Name, $"{count} rules besides own ones")
            : _failure is not null ? HealthCheck.Degraded(Name, $"rules could not be judged: {_failure}", "See the server's log; it is tried again every 15 s.")
            : _judgedAt is { } at && time.GetUtcNow() - at > Late ? HealthCheck.Degraded(Name, $"rules were judged last {(time.GetUtcNow() - at).TotalMinutes:0} min ago", "See the server's log.")
            : HealthCheck.Ok(Name, _judgedAt is null ? $"{count} rules, not judged yet" : $"{count} rules besides own ones");
    }
}
