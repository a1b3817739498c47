using Evenkeel.Platform.Data;
using Evenkeel.Timeline;
using Microsoft.Extensions.Options;

namespace Evenkeel.Chat.Operations;

/// <summary>The queue and its workers for analytics and alerts, of the installation and of each organization that has anything to say.</summary>
internal sealed class QueueGauges(Database database, IOptions<ChatOptions> options) : IGaugeSource
{
    /// <summary>What it tells.</summary>
    public static IReadOnlyList<MetricDefinition> Metrics { get; } =
    [
        new("queue_depth", "count", "gauge", IsOfInstallation: false) { Behind = "turns" },
        new("queue_oldest_age", "s", "gauge", IsOfInstallation: false) { Behind = "turns" },
        new("queue_running", "count", "gauge", IsOfInstallation: false) { Behind = "turns" },
        new("workers_alive", "count", "gauge", IsOfInstallation: true) { Behind = "queue" },
        new("dead_turns", "count", "gauge", IsOfInstallation: true) { Behind = "queue" },
    ];

    public bool IsOfInstallation => true;

    public async Task<IReadOnlyList<GaugeReading>> ReadAsync(CancellationToken cancellationToken)
    {
        var open = await database.QueryAsync<OpenTurns>(
            DataScope.System,
            """
            SELECT organization_id, count(*) FILTER (WHERE status = 'queued')::int AS queued, count(*) FILTER (WHERE status = 'running')::int AS running,
                   greatest(0, coalesce(extract(epoch FROM now() - min(queued_at) FILTER (WHERE status = 'queued')), 0))::float8 AS oldest,
                   count(*) FILTER (WHERE status = 'running' AND lease_until < now() - interval '1 minute')::int AS dead
            FROM turns WHERE status IN ('queued', 'running') GROUP BY organization_id
            """,
            null,
            cancellationToken);
        var workers = await database.QueryFirstOrDefaultAsync<int>(
            DataScope.System,
            "SELECT count(*)::int FROM workers WHERE seen_at > now() - make_interval(secs => @lease)",
            new { lease = (double)options.Value.LeaseSeconds },
            cancellationToken);
        return
        [
            .. open.SelectMany(one => Of(one.OrganizationId, one.Queued, one.Running, one.Oldest)),
            .. Of(null, open.Sum(one => one.Queued), open.Sum(one => one.Running), open.Count == 0 ? 0 : open.Max(one => one.Oldest)),
            new GaugeReading("workers_alive", workers),
            // Its worker has given no sign of life, and for longer than a lease nobody has taken it over.
            new GaugeReading("dead_turns", open.Sum(one => one.Dead)),
        ];
    }

    private static IEnumerable<GaugeReading> Of(Guid? organizationId, int queued, int running, double oldest) =>
    [
        new("queue_depth", queued, organizationId), new("queue_running", running, organizationId), new("queue_oldest_age", Math.Round(oldest, 1), organizationId),
    ];

    private sealed record OpenTurns
    {
        public required Guid OrganizationId { get; init; }
        public required int Queued { get; init; }
        public required int Running { get; init; }
        public required double Oldest { get; init; }
        public required int Dead { get; init; }
    }
}
