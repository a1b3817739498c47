using Evenkeel.Catalog.Import.Rows;
using Evenkeel.Catalog.Locations;

namespace Evenkeel.Catalog.Import.Writing;

/// <summary>An event as it is to stand in the catalogue.</summary>
/// <param name="Row">What the file says.</param>
/// <param name="Schedule">When it is, in <paramref name="TimeZone"/>.</param>
/// <param name="TimeZone">IANA name.</param>
/// <param name="Place">Where it is; null = nowhere.</param>
internal sealed record EventDraft(CheckedRow Row, EventSchedule Schedule, string TimeZone, PlacedLocation? Place)
{
    /// <summary>Those of the row, and where it only adds, those it had.</summary>
    public string[] Categories { get; init; } = Row.Categories;

    public DateTime StartsAt => Schedule.StartsAt.ToDateTimeUtc();

    public DateTime EndsAt => Schedule.EndsAt.ToDateTimeUtc();

    /// <summary>What differs from <paramref name="stored"/>, by names of the wire.</summary>
    public IEnumerable<string> Differences(StoredEvent stored)
    {
        if (stored.Title != Row.Title) yield return "title";
        if (stored.Description != Row.Description) yield return "description";
        if (stored.StartsAt != StartsAt) yield return "starts";
        if (stored.EndsAt != EndsAt) yield return "ends";
        if (stored.AllDay != Schedule.AllDay) yield return "all_day";
        if (stored.TimeZone != TimeZone) yield return "time_zone";
        if (stored.LocationId != Place?.LocationId || Place is { LocationId: null }) yield return "location";
        if (stored.IsVirtual != Row.Virtual) yield return "virtual";
        if (stored.Url != Row.Url) yield return "url";
        if (!stored.Categories.AsSpan().SequenceEqual(Categories)) yield return "categories";
        if (!stored.Languages.AsSpan().SequenceEqual(Row.Languages)) yield return "languages";
    }
}

/// <summary>What the catalogue has of an event that an import names.</summary>
internal sealed record StoredEvent
{
    public const string Columns =
        "key, title, description, starts_at, ends_at, all_day, time_zone, location_id, is_virtual, url, categories, languages, content_hash";

    public string Key { get; init; } = "";
    public string Title { get; init; } = "";
    public string Description { get; init; } = "";
    public DateTime StartsAt { get; init; }
    public DateTime EndsAt { get; init; }
    public bool AllDay { get; init; }
    public string TimeZone { get; init; } = "";
    public Guid? LocationId { get; init; }
    public bool IsVirtual { get; init; }
    public string? Url { get; init; }
    public string[] Categories { get; init; } = [];
    public string[] Languages { get; init; } = [];
    public byte[] ContentHash { get; init; } = [];
}
