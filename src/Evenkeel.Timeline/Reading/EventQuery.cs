using Evenkeel.Platform.Errors;
using Microsoft.AspNetCore.Mvc;

namespace Evenkeel.Timeline.Reading;

/// <summary>The filters that lists of events take.</summary>
internal record EventQuery
{
    /// <summary>Characters of a type, a status or a code.</summary>
    private const int LongestName = 64;
    private const int LongestText = 200;
    private const int MostItems = 1_000;

    /// <summary>Event types, repeated or separated by commas; absent = all.</summary>
    [FromQuery(Name = "type")]
    public string[]? Type { get; init; }

    /// <summary>Event statuses, likewise.</summary>
    [FromQuery(Name = "status")]
    public string[]? Status { get; init; }

    /// <summary>Error severities, likewise.</summary>
    [FromQuery(Name = "severity")]
    public string[]? Severity { get; init; }

    /// <summary>Error types, likewise.</summary>
    [FromQuery(Name = "error_type")]
    public string[]? ErrorType { get; init; }

    /// <summary>Only events of this turn.</summary>
    [FromQuery(Name = "turn_id")]
    public Guid? TurnId { get; init; }

    /// <summary>Only events of this message.</summary>
    [FromQuery(Name = "message_id")]
    public Guid? MessageId { get; init; }

    /// <summary>Only events of this send.</summary>
    [FromQuery(Name = "correlation_id")]
    public Guid? CorrelationId { get; init; }

    /// <summary>Only events at or after this time.</summary>
    [FromQuery(Name = "since")]
    public DateTimeOffset? Since { get; init; }

    /// <summary>Only events before this time.</summary>
    [FromQuery(Name = "until")]
    public DateTimeOffset? Until { get; init; }

    /// <summary>Text in the data, whatever its case.</summary>
    [FromQuery(Name = "q")]
    public string? Text { get; init; }

    /// <summary>1 to 1,000; absent = 100.</summary>
    [FromQuery(Name = "limit")]
    public int? Limit { get; init; }

    /// <summary><c>next_cursor</c> of the page before; absent = the beginning.</summary>
    [FromQuery(Name = "cursor")]
    public string? Cursor { get; init; }

    /// <summary>Checks everything but the cursor.</summary>
    /// <param name="problems">Where problems are added.</param>
    /// <param name="defaultLimit">Where none is given.</param>
    public EventFilter Read(List<FieldProblem> problems, int defaultLimit)
    {
        CheckLimit(problems, "limit", Limit);
        return new EventFilter
        {
            Types = Names(problems, "type", Type),
            Statuses = Names(problems, "status", Status),
            Severities = Names(problems, "severity", Severity),
            ErrorTypes = Names(problems, "error_type", ErrorType),
            TurnId = TurnId,
            MessageId = MessageId,
            CorrelationId = CorrelationId,
            Since = Since,
            Until = Until,
            Text = TextField.Line(problems, "q", Text, LongestText),
            Limit = Limit ?? defaultLimit,
        };
    }

    /// <summary>How many events one answer may hold.</summary>
    public static void CheckLimit(List<FieldProblem> problems, string field, int? value)
    {
        if (value is < 1 or > MostItems)
        {
            problems.Add(new FieldProblem(field, $"It must be between 1 and {MostItems:N0}.", $"必须在 1 到 {MostItems:N0} 之间。"));
        }
    }

    // Both ?type=a&type=b and ?type=a,b are understood.
    private static string[] Names(List<FieldProblem> problems, string field, string[]? values)
    {
        string[] names = [.. (values ?? []).SelectMany(value => value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))];
        foreach (var name in names)
        {
            TextField.Line(problems, field, name, LongestName);
        }

        return names;
    }
}
