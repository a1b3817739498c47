using Evenkeel.Platform.Errors;
using Evenkeel.Platform.Http;
using Microsoft.AspNetCore.Mvc;
using NodaTime.Text;

namespace Evenkeel.Catalog.Events;

/// <summary>The query of <c>GET /api/v1/events</c>.</summary>
internal readonly record struct EventFilter
{
    /// <summary>Words of title or description, up to 200 characters.</summary>
    [FromQuery(Name = "q")]
    public string? Query { get; init; }

    /// <summary>First day, inclusive: events that end before it are left out.</summary>
    [FromQuery(Name = "from")]
    public string? From { get; init; }

    /// <summary>Last day, inclusive: events that begin after it are left out.</summary>
    [FromQuery(Name = "to")]
    public string? To { get; init; }

    /// <summary>One category.</summary>
    [FromQuery(Name = "category")]
    public string? Category { get; init; }

    /// <summary>A place; what it contains counts too.</summary>
    [FromQuery(Name = "location_id")]
    public string? LocationId { get; init; }

    /// <summary><c>true</c> or <c>false</c>.</summary>
    [FromQuery(Name = "virtual")]
    public string? Virtual { get; init; }

    /// <summary><c>next_cursor</c> of the page before.</summary>
    [FromQuery(Name = "cursor")]
    public string? Cursor { get; init; }

    /// <summary>1 to 100; absent = 50.</summary>
    [FromQuery(Name = "limit")]
    public int? Limit { get; init; }

    public Result<EventConditions> Read()
    {
        if (!new PageRequest { Limit = Limit }.Read().TryGet(out var page, out var error) || !KeysetCursor.Parse(Cursor).TryGet(out var after, out error))
        {
            return error!;
        }

        var problems = new List<FieldProblem>();
        var conditions = new EventConditions
        {
            Pattern = CatalogueFields.Pattern(problems, Query, words => words),
            From = Day(problems, "from", From),
            To = Day(problems, "to", To),
            Category = string.IsNullOrWhiteSpace(Category) ? null : Category.Trim().ToLowerInvariant(),
            LocationId = Place(problems, LocationId),
            IsVirtual = Flag(problems, Virtual),
            After = after,
            Limit = page.Limit,
        };
        if (conditions.Category?.Contains('\0', StringComparison.Ordinal) == true)
        {
            problems.Add(new FieldProblem("category", "Control characters are not allowed.", "不允许使用控制字符。"));
        }

        return problems.Count > 0 ? Error.Invalid(problems) : conditions;
    }

    private static string? Day(List<FieldProblem> problems, string field, string? value)
    {
        if (!string.IsNullOrEmpty(value) && (value.Length != "2026-03-14".Length || !LocalDatePattern.Iso.Parse(value).Success))
        {
            problems.Add(new FieldProblem(field, "A day, such as 2026-03-14.", "应为日期，例如 2026-03-14。"));
        }

        return string.IsNullOrEmpty(value) ? null : value;
    }

    private static Guid? Place(List<FieldProblem> problems, string? value)
    {
        if (string.IsNullOrEmpty(value))
        {
            return null;
        }

        if (!Guid.TryParse(value, out var id))
        {
            problems.Add(new FieldProblem("location_id", "The id of a place.", "应为地点的标识。"));
        }

        return id;
    }

    private static bool? Flag(List<FieldProblem> problems, string? value)
    {
        if (string.IsNullOrEmpty(value))
        {
            return null;
        }

        if (!bool.TryParse(value, out var flag))
        {
            problems.Add(new FieldProblem("virtual", "Either true or false.", "应为 true 或 false。"));
        }

        return flag;
    }
}
