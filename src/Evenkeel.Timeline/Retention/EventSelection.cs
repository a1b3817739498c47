using Dapper;

namespace Evenkeel.Timeline.Retention;

/// <summary>Which events, besides their time.</summary>
public sealed record EventSelection
{
    /// <summary>All of them.</summary>
    public static EventSelection All { get; } = new();

    /// <summary>Empty = all.</summary>
    public IReadOnlyList<string> Types { get; init; } = [];

    /// <summary>Empty = all.</summary>
    public IReadOnlyList<string> Statuses { get; init; } = [];

    /// <summary>Whether it leaves nothing out.</summary>
    public bool IsEverything => Types.Count == 0 && Statuses.Count == 0;

    /// <summary>A condition on <c>chat_events c</c> for one slice of time.</summary>
    internal string Condition(EventSlice slice, DynamicParameters parameters)
    {
        parameters.Add("retention", slice.Retention);
        parameters.Add("to", slice.To.UtcDateTime);
        var condition = "c.retention = @retention AND c.occurred_at < @to";
        if (slice.From is { } from)
        {
            parameters.Add("from", from.UtcDateTime);
            condition += " AND c.occurred_at >= @from";
        }

        if (Types.Count > 0)
        {
            parameters.Add("types", Types.ToArray());
            condition += " AND c.event_type = ANY (@types)";
        }

        if (Statuses.Count > 0)
        {
            parameters.Add("statuses", Statuses.ToArray());
            condition += " AND c.event_status = ANY (@statuses)";
        }

        return condition;
    }
}
