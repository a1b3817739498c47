using System.Collections.Concurrent;
using Evenkeel.Platform.Data;

namespace Evenkeel.Search.Catalogue;

/// <summary>Says whether an organization has a catalogue at all: most questions are asked where there is none.</summary>
internal sealed class CatalogueSize(Database database, TimeProvider time)
{
    /// <summary>Turns ask each time; who has just added the first event waits no longer for it to be found.</summary>
    private static readonly TimeSpan Kept = TimeSpan.FromSeconds(2);

    /// <summary>About a megabyte. Who is forgotten is asked for again.</summary>
    private const int MostKept = 10_000;

    private readonly ConcurrentDictionary<Guid, (bool HasEvents, long At)> _known = new();

    public async Task<bool> HasEventsAsync(Guid organizationId, CancellationToken cancellationToken)
    {
        if (_known.TryGetValue(organizationId, out var known) && time.GetElapsedTime(known.At) < Kept)
        {
            return known.HasEvents;
        }

        var at = time.GetTimestamp();
        var hasEvents = await database.QueryFirstOrDefaultAsync<bool>(
            DataScope.Organization(organizationId), "SELECT EXISTS (SELECT FROM catalogue_events WHERE organization_id = @organizationId)", new { organizationId }, cancellationToken);
        if (_known.Count >= MostKept)
        {
            _known.Clear();
        }

        _known[organizationId] = (hasEvents, at);
        return hasEvents;
    }
}
