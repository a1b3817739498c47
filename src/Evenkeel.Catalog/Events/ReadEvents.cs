using Evenkeel.Accounts;
using Evenkeel.Catalog.Locations;
using Evenkeel.Catalog.Locations.Gazetteer;
using Evenkeel.Contracts.Catalogue;
using Evenkeel.Contracts.Chats;
using Evenkeel.Platform.Data;
using Evenkeel.Platform.Errors;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Evenkeel.Catalog.Events;

/// <summary><c>GET /api/v1/events[/{id}]</c>: in the order of their first days.</summary>
internal static class ReadEvents
{
    public static async Task<Results<Ok<Page<CatalogueEvent>>, ErrorResult>> ListAsync(
        [AsParameters] EventFilter filter, Caller caller, Database database, IPlaces places, WellKnownPlaces wellKnown, CancellationToken cancellationToken)
    {
        if (!filter.Read().TryGet(out var conditions, out var error))
        {
            return (ErrorResult)error;
        }

        var inside = conditions.LocationId is { } id ? await places.WithinAsync(caller.OrganizationId, [id], cancellationToken) : [];
        var rows = await database.QueryAsync<EventRow>(
            DataScope.Organization(caller.OrganizationId),
            $"{EventRow.Query} WHERE {conditions.Sql} ORDER BY event.starts_on, event.id LIMIT @Rows",
            conditions.Args(inside),
            cancellationToken);
        var items = rows.Take(conditions.Limit).Select(row => row.ToWire(wellKnown)).ToList();
        return TypedResults.Ok(new Page<CatalogueEvent>(items, rows.Count > items.Count ? EventConditions.CursorAfter(items[^1]) : null));
    }

    public static async Task<Results<Ok<CatalogueEvent>, ErrorResult>> GetAsync(
        Guid id, Caller caller, CatalogueEvents events, CancellationToken cancellationToken) =>
        await events.FindAsync(caller.OrganizationId, id, cancellationToken) is { } found ? TypedResults.Ok(found) : (ErrorResult)Error.NotFound;
}
