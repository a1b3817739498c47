using System.Globalization;
using Dapper;
using Evenkeel.Contracts.Operations;
using Evenkeel.Platform.Data;
using Evenkeel.Timeline.Recording;
using Microsoft.Extensions.Options;

namespace Evenkeel.Timeline.Retention;

/// <summary>How events are stored, counted row by row.</summary>
public interface ITimelineStats
{
    /// <summary>Of the whole installation.</summary>
    Task<TimelineStats> OfInstallationAsync(CancellationToken cancellationToken);

    /// <summary>Of one organization; bytes are those of its rows without indexes.</summary>
    Task<TimelineStats> OfAsync(Guid organizationId, CancellationToken cancellationToken);
}

/// <inheritdoc/>
internal sealed class ReadStats(Database database, TimelineCounts counts, TimeProvider time, IOptions<TimelineOptions> options) : ITimelineStats
{
    private const int DaysOfRate = 7;

    private const string Groups =
        """
        SELECT c.retention, to_char(c.occurred_at AT TIME ZONE 'UTC', 'YYYY-MM-DD') AS day, c.event_type, count(*) AS rows, sum(pg_column_size(c.*))::bigint AS bytes,
               min(c.occurred_at) AS oldest, max(c.occurred_at) AS newest
        FROM chat_events c GROUP BY 1, 2, 3
        """;

    // Sizes are nobody's rows: reading them needs no right to a leaf.
    private const string Sizes =
        "SELECT relid::regclass::text AS leaf, pg_total_relation_size(relid) AS bytes FROM pg_partition_tree('chat_events') WHERE isleaf";

    /// <inheritdoc/>
    public async Task<TimelineStats> OfInstallationAsync(CancellationToken cancellationToken)
    {
        var groups = await ReadAsync(DataScope.System, cancellationToken);
        var sizes = (await database.QueryAsync<Size>(DataScope.System, Sizes, null, cancellationToken)).ToDictionary(size => size.Leaf, size => size.Bytes, StringComparer.Ordinal);
        var stats = Build(groups, (day, _) => sizes.GetValueOrDefault(new EventLeaf(day.Retention, day.Day).Table));
        return stats with { Bytes = sizes.Values.Sum() };
    }

    /// <inheritdoc/>
    public async Task<TimelineStats> OfAsync(Guid organizationId, CancellationToken cancellationToken) =>
        Build(await ReadAsync(DataScope.Organization(organizationId), cancellationToken), (_, bytes) => bytes);

    /// <summary>It looks at every row, which takes longer than statements may otherwise.</summary>
    private async Task<IReadOnlyList<Group>> ReadAsync(DataScope scope, CancellationToken cancellationToken)
    {
        await using var transaction = await database.BeginAsync(scope, cancellationToken);
        var command = new CommandDefinition(Groups, transaction: transaction.Transaction, commandTimeout: 600, cancellationToken: cancellationToken);
        return (await transaction.Connection.QueryAsync<Group>(command)).AsList();
    }

    private TimelineStats Build(IReadOnlyList<Group> groups, Func<(string Retention, DateOnly Day), long, long> bytesOf)
    {
        TimelineDay[] days =
        [
            .. groups.GroupBy(group => (group.Retention, Day: DateOnly.Parse(group.Day, CultureInfo.InvariantCulture)))
                .Select(day => new TimelineDay
                {
                    Day = day.Key.Day, Retention = day.Key.Retention, Rows = day.Sum(one => one.Rows), Bytes = bytesOf(day.Key, day.Sum(one => one.Bytes)),
                })
                .OrderBy(day => day.Day).ThenBy(day => day.Retention, StringComparer.Ordinal),
        ];
        return new TimelineStats
        {
            Rows = groups.Sum(group => group.Rows),
            Bytes = days.Sum(day => day.Bytes),
            Oldest = groups.Count == 0 ? null : groups.Min(group => group.Oldest),
            Newest = groups.Count == 0 ? null : groups.Max(group => group.Newest),
            Dropped = counts.Dropped,
            Days = days,
            Types =
            [
                .. groups.GroupBy(group => group.EventType, StringComparer.Ordinal)
                    .Select(type => new TimelineTypeStats { EventType = type.Key, Rows = type.Sum(one => one.Rows), Bytes = type.Sum(one => one.Bytes) })
                    .OrderByDescending(type => type.Rows),
            ],
            ProjectedBytes = Projected(days),
        };
    }

    /// <summary>Bytes a day of the last whole days of each class, for as many days as it is kept.</summary>
    private long Projected(TimelineDay[] days)
    {
        var now = time.GetUtcNow();
        var today = DateOnly.FromDateTime(now.UtcDateTime);
        var cutoffs = RetentionCutoffs.Of(options.Value, now);
        double projected = 0;
        foreach (var retention in EventLeaf.Classes)
        {
            TimelineDay[] recent = [.. days.Where(day => day.Retention == retention && day.Day > today.AddDays(-DaysOfRate - 1) && day.Day <= today)];
            if (recent.Length == 0)
            {
                continue;
            }

            // On the first days there are no seven yet; today counts as the part of a day that it is.
            var length = Math.Max(1, (now - new DateTimeOffset(recent[0].Day, TimeOnly.MinValue, TimeSpan.Zero)).TotalDays);
            projected += recent.Sum(day => day.Bytes) / length * ((now - cutoffs.Of(retention)).TotalDays + 1);
        }

        return (long)projected;
    }

    private sealed record Group
    {
        public required string Retention { get; init; }
        public required string Day { get; init; }
        public required string EventType { get; init; }
        public required long Rows { get; init; }
        public required long Bytes { get; init; }
        public required DateTimeOffset Oldest { get; init; }
        public required DateTimeOffset Newest { get; init; }
    }

    private sealed record Size
    {
        public required string Leaf { get; init; }
        public required long Bytes { get; init; }
    }
}
