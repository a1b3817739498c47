using Evenkeel.Catalog.Locations.Gazetteer;
using Evenkeel.Contracts.Catalogue;
using Evenkeel.Platform.Data;

namespace Evenkeel.Catalog.Events;

internal sealed class CatalogueEvents(Database database, WellKnownPlaces wellKnown) : ICatalogueEvents
{
    public async Task<IReadOnlyList<CatalogueEvent>> ReadAsync(Guid organizationId, IReadOnlyList<Guid> ids, CancellationToken cancellationToken)
    {
        if (ids.Count == 0)
        {
            return [];
        }

        var rows = await database.QueryAsync<EventRow>(
            DataScope.Organization(organizationId), $"{EventRow.Query} WHERE event.id = ANY(@ids)", new { ids = ids.ToArray() }, cancellationToken);
        var byId = rows.ToDictionary(row => row.Id);
        return [.. ids.Where(byId.ContainsKey).Select(id => byId[id].ToWire(wellKnown))];
    }

    /// <summary>One event; null where there is none.</summary>
    public async Task<CatalogueEvent?> FindAsync(Guid organizationId, Guid id, CancellationToken cancellationToken) =>
        (await ReadAsync(organizationId, [id], cancellationToken)).SingleOrDefault();
}
