using Evenkeel.Platform.Data;
using Evenkeel.Timeline.Retention;
using Microsoft.Extensions.Options;

namespace Evenkeel.Timeline.Alerts;

/// <summary>Removes changes, messages and ended silences that are kept no longer.</summary>
internal sealed class ForgetAlerts(Database database, IOptions<AlertsOptions> options, TimeProvider time) : IRetained
{
    private const int MostPerRun = 10_000;

    private const string Forget =
        """
        DELETE FROM alert_notifications WHERE id IN (SELECT id FROM alert_notifications WHERE created_at < @before AND status <> 'waiting' LIMIT @MostPerRun);
        DELETE FROM alert_changes WHERE id IN (SELECT id FROM alert_changes WHERE at < @before LIMIT @MostPerRun);
        DELETE FROM alert_silences WHERE ends_at < @before
        """;

    /// <inheritdoc/>
    public Task<int> DeleteBatchAsync(RetentionCutoffs cutoffs, CancellationToken cancellationToken) => database.ExecuteAsync(
        DataScope.System, Forget, new { before = time.GetUtcNow().AddDays(-options.Value.HistoryDays).UtcDateTime, MostPerRun }, cancellationToken);
}
