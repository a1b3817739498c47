using Evenkeel.Platform.Data;

namespace Evenkeel.Search.Catalogue.Indexing;

/// <summary>Reads events with what indexes need of their places, and makes their terms.</summary>
internal sealed class ReadForIndex(Database database, EventTerms terms)
{
    /// <summary>Those of the events that exist, as they are now.</summary>
    public Task<IReadOnlyList<IndexedEvent>> ReadAsync(Guid organizationId, IReadOnlyList<Guid> ids, CancellationToken cancellationToken) =>
        ReadAsync(organizationId, "id = ANY (@ids)", new { organizationId, ids = ids.ToArray() }, cancellationToken);

    /// <summary>The next events in the order of their ids.</summary>
    public Task<IReadOnlyList<IndexedEvent>> ReadAfterAsync(Guid organizationId, Guid after, int most, CancellationToken cancellationToken) =>
        ReadAsync(organizationId, "id > @after ORDER BY id LIMIT @most", new { organizationId, after, most }, cancellationToken);

    private async Task<IReadOnlyList<IndexedEvent>> ReadAsync(Guid organizationId, string which, object args, CancellationToken cancellationToken)
    {
        var scope = DataScope.Organization(organizationId);
        var events = await database.QueryAsync<EventRow>(
            scope,
            $"""
            SELECT id, title, description, starts_on - '0001-01-01'::date AS starts_on, ends_on - '0001-01-01'::date AS ends_on, location_id, is_virtual, categories
            FROM catalogue_events WHERE organization_id = @organizationId AND {which}
            """,
            args,
            cancellationToken);
        var places = await PlacesAsync(scope, events, cancellationToken);
        var words = await terms.OfEventsAsync(
            [.. events.Select(found => (found.Title, $"{PlaceOf(found, places)?.Names}\n{string.Join('\n', found.Categories)}", found.Description))], cancellationToken);
        return [.. events.Select((found, index) => Indexed(organizationId, found, PlaceOf(found, places), words[index]))];
    }

    private async Task<Dictionary<Guid, PlaceRow>> PlacesAsync(DataScope scope, IReadOnlyList<EventRow> events, CancellationToken cancellationToken)
    {
        var ids = events.Where(found => found.LocationId is not null).Select(found => found.LocationId!.Value).Distinct().ToArray();
        if (ids.Length == 0)
        {
            return [];
        }

        // UNION drops what was there before: places that contain each other end it too.
        var places = await database.QueryAsync<PlaceRow>(
            scope,
            """
            SELECT place AS id, array_agg(part) AS parts, max(locations.country_code) AS country_code,
                string_agg(concat_ws(E'\n', locations.name, array_to_string(locations.aliases, E'\n')), E'\n') AS names
            FROM (
                WITH RECURSIVE outwards AS (
                    SELECT given AS place, given AS part FROM unnest(@ids) AS given
                    UNION
                    SELECT outwards.place, locations.parent_id FROM outwards JOIN locations ON locations.id = outwards.part WHERE locations.parent_id IS NOT NULL
                )
                SELECT place, part FROM outwards
            ) AS containing JOIN locations ON locations.id = part
            GROUP BY place
            """,
            new { ids },
            cancellationToken);
        return places.ToDictionary(place => place.Id);
    }

    private static PlaceRow? PlaceOf(EventRow found, Dictionary<Guid, PlaceRow> places) =>
        found.LocationId is { } place ? places.GetValueOrDefault(place) : null;

    private static IndexedEvent Indexed(Guid organizationId, EventRow found, PlaceRow? place, EventWords words) => new()
    {
        Id = found.Id,
        OrganizationId = organizationId,
        Words = words,
        LocationIds = place?.Parts ?? [],
        CountryCode = place?.CountryCode,
        StartsOn = DateOnly.FromDayNumber(found.StartsOn),
        EndsOn = DateOnly.FromDayNumber(found.EndsOn),
        Categories = found.Categories,
        IsVirtual = found.IsVirtual,
    };

    private sealed record EventRow
    {
        public required Guid Id { get; init; }
        public required string Title { get; init; }
        public required string Description { get; init; }
        public required int StartsOn { get; init; }
        public required int EndsOn { get; init; }
        public Guid? LocationId { get; init; }
        public required bool IsVirtual { get; init; }
        public required string[] Categories { get; init; }
    }

    private sealed record PlaceRow
    {
        public required Guid Id { get; init; }
        public required Guid[] Parts { get; init; }
        public string? CountryCode { get; init; }
        public required string Names { get; init; }
    }
}
