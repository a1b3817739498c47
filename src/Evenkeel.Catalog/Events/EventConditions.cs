using System.Globalization;
using Evenkeel.Contracts.Catalogue;

namespace Evenkeel.Catalog.Events;

/// <summary>Which events a list shows.</summary>
internal sealed record EventConditions
{
    private const string Day = "yyyy-MM-dd";

    public string? Pattern { get; init; }
    public string? From { get; init; }
    public string? To { get; init; }
    public string? Category { get; init; }
    public Guid? LocationId { get; init; }
    public bool? IsVirtual { get; init; }
    public KeysetCursor? After { get; init; }
    public required int Limit { get; init; }

    /// <summary>Only what was asked for: the planner sees no condition that is always true.</summary>
    public string Sql => string.Join(" AND ", Conditions());

    public static string CursorAfter(CatalogueEvent last) => new KeysetCursor(last.StartsOn.ToString(Day, CultureInfo.InvariantCulture), last.Id).ToString();

    /// <param name="inside">The place and what it contains.</param>
    public object Args(IReadOnlyList<Guid> inside) => new
    {
        Pattern, From, To, Category, IsVirtual, inside = inside.ToArray(), afterDay = AfterDay, afterId = After?.Id, Rows = Limit + 1,
    };

    /// <summary>A cursor of another list begins this one from its beginning.</summary>
    private string? AfterDay => DateOnly.TryParseExact(After?.Value, Day, CultureInfo.InvariantCulture, DateTimeStyles.None, out _) ? After!.Value : null;

    private IEnumerable<string> Conditions()
    {
        yield return "event.organization_id = current_organization_id()";
        if (Pattern is not null)
        {
            yield return "(event.title ILIKE @Pattern OR event.description ILIKE @Pattern)";
        }

        if (From is not null)
        {
            yield return "event.ends_on >= @From::date";
        }

        if (To is not null)
        {
            yield return "event.starts_on <= @To::date";
        }

        if (Category is not null)
        {
            yield return "@Category = ANY(event.categories)";
        }

        if (LocationId is not null)
        {
            yield return "event.location_id = ANY(@inside)";
        }

        if (IsVirtual is not null)
        {
            yield return "event.is_virtual = @IsVirtual";
        }

        if (AfterDay is not null)
        {
            yield return "(event.starts_on, event.id) > (@afterDay::date, @afterId)";
        }
    }
}
