using System.Globalization;
using Evenkeel.Contracts.Timeline;
using Evenkeel.Platform.Data;

namespace Evenkeel.Timeline.Recording;

/// <summary>A leaf of the partition tree: one class of events of one day (UTC).</summary>
internal readonly record struct EventLeaf(string Retention, DateOnly Day)
{
    /// <summary>The classes that are kept by day.</summary>
    public static IReadOnlyList<string> Classes { get; } = [RetentionClass.Event, RetentionClass.Debug, RetentionClass.Error];

    /// <summary>Its table.</summary>
    public string Table => $"chat_events_{Retention}_{Day:yyyyMMdd}";

    /// <summary>When its day begins.</summary>
    public DateTimeOffset From => new(Day, TimeOnly.MinValue, TimeSpan.Zero);

    /// <summary>When the next day begins.</summary>
    public DateTimeOffset To => From.AddDays(1);

    /// <summary>The leaf of an entry.</summary>
    public static EventLeaf Of(in PreparedEntry row) => new(row.Retention, DateOnly.FromDateTime(row.Entry.Timestamp.UtcDateTime));

    /// <summary>The leaf with this table; null for any other table.</summary>
    public static EventLeaf? Parse(string table) =>
        table.Split('_') is ["chat", "events", var retention, var day] && Classes.Contains(retention)
        && DateOnly.TryParseExact(day, "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var parsed)
            ? new EventLeaf(retention, parsed) : null;
}

/// <summary>Which leaves there are, as far as this process knows: what it copies into.</summary>
internal sealed class KnownLeaves
{
    private volatile HashSet<EventLeaf> _leaves = [];

    public bool Contains(EventLeaf leaf) => _leaves.Contains(leaf);

    /// <summary>All that were found.</summary>
    public void Set(IEnumerable<EventLeaf> leaves) => _leaves = [.. leaves];

    /// <summary>It turned out not to be there.</summary>
    public void Forget(EventLeaf leaf) => _leaves = [.. _leaves.Where(one => one != leaf)];
}

/// <summary>Finds the leaves there are.</summary>
internal static class ReadLeaves
{
    public static async Task<IReadOnlyList<EventLeaf>> RunAsync(Database database, CancellationToken cancellationToken)
    {
        var tables = await database.QueryAsync<string>(
            DataScope.System, "SELECT relid::regclass::text FROM pg_partition_tree('chat_events') WHERE isleaf ORDER BY 1", null, cancellationToken);
        return [.. tables.Select(EventLeaf.Parse).OfType<EventLeaf>()];
    }
}
