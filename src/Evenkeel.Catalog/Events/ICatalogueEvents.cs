using Evenkeel.Contracts.Catalogue;

namespace Evenkeel.Catalog.Events;

/// <summary>Reads events for those who show or index them.</summary>
public interface ICatalogueEvents
{
    /// <summary>The events with these ids that exist, in the order of the ids.</summary>
    Task<IReadOnlyList<CatalogueEvent>> ReadAsync(Guid organizationId, IReadOnlyList<Guid> ids, CancellationToken cancellationToken);
}
