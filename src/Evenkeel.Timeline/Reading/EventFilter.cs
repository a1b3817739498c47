using System.Text;
using Dapper;
using Evenkeel.Timeline.Analytics.Aggregating;

namespace Evenkeel.Timeline.Reading;

/// <summary>Which events.</summary>
internal sealed record EventFilter
{
    /// <summary>Empty = all; likewise below.</summary>
    public IReadOnlyList<string> Types { get; init; } = [];

    public IReadOnlyList<string> Statuses { get; init; } = [];

    public IReadOnlyList<string> Severities { get; init; } = [];

    public IReadOnlyList<string> ErrorTypes { get; init; } = [];

    public Guid? TurnId { get; init; }

    public Guid? MessageId { get; init; }

    public Guid? CorrelationId { get; init; }

    /// <summary>At or after.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Before.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>Text somewhere in the data, whatever its case.</summary>
    public string? Text { get; init; }

    /// <summary>Only what a metric was made of; null = whatever it is.</summary>
    public EventsBehind? Behind { get; init; }

    public long AfterSeq { get; init; }

    public required int Limit { get; init; }

    /// <summary>The last ones instead of the first ones; ascending all the same.</summary>
    public bool Latest { get; init; }

    /// <summary>Nothing but <c>seq</c> is asked for: without gaps in what is found, nothing is missing.</summary>
    public bool IsPlain => this with { AfterSeq = 0, Limit = 0, Latest = false } == Everything;

    private static EventFilter Everything { get; } = new() { Limit = 0 };

    /// <summary>The conditions on <c>chat_events c</c>, but those on session, <c>seq</c> and time; begins with AND.</summary>
    public string Conditions(DynamicParameters parameters)
    {
        var conditions = new StringBuilder();
        Among(conditions, parameters, "event_type", Types);
        Among(conditions, parameters, "event_status", Statuses);
        Among(conditions, parameters, "error_severity", Severities);
        Among(conditions, parameters, "error_type", ErrorTypes);
        Is(conditions, parameters, "turn_id", TurnId);
        Is(conditions, parameters, "message_id", MessageId);
        Is(conditions, parameters, "correlation_id", CorrelationId);
        if (!string.IsNullOrEmpty(Text))
        {
            parameters.Add("text", $"%{Text.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("%", @"\%", StringComparison.Ordinal).Replace("_", @"\_", StringComparison.Ordinal)}%");
            conditions.Append(" AND c.event_data::text ILIKE @text");
        }

        if (Behind is { } behind)
        {
            conditions.Append(" AND ").Append(behind.Sql(parameters));
        }

        return conditions.ToString();
    }

    private static void Among(StringBuilder conditions, DynamicParameters parameters, string column, IReadOnlyList<string> values)
    {
        if (values.Count > 0)
        {
            parameters.Add(column, values.ToArray());
            conditions.Append($" AND c.{column} = ANY (@{column})");
        }
    }

    private static void Is(StringBuilder conditions, DynamicParameters parameters, string column, Guid? value)
    {
        if (value is { } id)
        {
            parameters.Add(column, id);
            conditions.Append($" AND c.{column} = @{column}");
        }
    }
}
