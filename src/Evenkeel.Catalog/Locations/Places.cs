using System.Collections.Concurrent;
using Evenkeel.Platform.Data;

namespace Evenkeel.Catalog.Locations;

internal sealed class Places(Database database, BuildPlaceNames build, TimeProvider time) : IPlaces
{
    /// <summary>Names kept for all organizations together, the gazetteer's not counted: some 300 bytes each.</summary>
    private const int MostNames = 300_000;

    /// <summary>Locations of one organization that have names in memory, the first made first.</summary>
    private const int MostLocations = 100_000;

    /// <summary>How long another process's change may stay unseen.</summary>
    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<Guid, Entry> _entries = new();

    public async Task<IPlaceNames> NamesAsync(Guid organizationId, CancellationToken cancellationToken)
    {
        var known = _entries.GetValueOrDefault(organizationId);
        if (known is { IsDoubted: false } && time.GetElapsedTime(known.ReadAt) < Lifetime)
        {
            return known.Names;
        }

        var readAt = time.GetTimestamp();
        var version = await VersionAsync(organizationId, cancellationToken);
        var names = known is not null && known.Version == version ? known.Names : build.From(await ReadAsync(organizationId, cancellationToken));
        Remember(organizationId, new Entry(version, names, readAt));
        return names;
    }

    /// <summary>Call after the commit of a change on this process: it is seen at once.</summary>
    public void Changed(Guid organizationId)
    {
        if (_entries.TryGetValue(organizationId, out var entry))
        {
            _entries.TryUpdate(organizationId, entry with { IsDoubted = true }, entry);
        }
    }

    public Task<IReadOnlyList<Guid>> WithinAsync(Guid organizationId, IReadOnlyCollection<Guid> locationIds, CancellationToken cancellationToken) =>
        database.QueryAsync<Guid>(
            DataScope.Organization(organizationId),
            """
            SELECT id FROM (
                WITH RECURSIVE inside AS (
                    SELECT id FROM locations WHERE id = ANY(@ids)
                    UNION
                    SELECT inner_one.id FROM locations AS inner_one JOIN inside ON inner_one.parent_id = inside.id
                ) SELECT id FROM inside
            ) AS found ORDER BY id
            """,
            new { ids = locationIds.ToArray() },
            cancellationToken);

    // A country's point is its capital: who asks for what is near Paris does not ask for all of France.
    public Task<IReadOnlyList<Guid>> NearAsync(Guid organizationId, double latitude, double longitude, double kilometres, CancellationToken cancellationToken) =>
        database.QueryAsync<Guid>(
            DataScope.Organization(organizationId),
            """
            SELECT id FROM (
                WITH RECURSIVE inside AS (
                    SELECT id FROM locations
                    WHERE kind IN ('city', 'venue') AND latitude BETWEEN @latitude - @high AND @latitude + @high
                        AND (abs(longitude - @longitude) <= @wide OR abs(longitude - @longitude) >= 360 - @wide)
                        AND 2 * @radius * asin(least(1, sqrt(
                            sin(radians(latitude - @latitude) / 2) ^ 2
                            + cos(radians(latitude)) * cos(radians(@latitude)) * sin(radians(longitude - @longitude) / 2) ^ 2))) <= @kilometres
                    UNION
                    SELECT inner_one.id FROM locations AS inner_one JOIN inside ON inner_one.parent_id = inside.id
                ) SELECT id FROM inside
            ) AS found ORDER BY id
            """,
            Box(latitude, longitude, kilometres),
            cancellationToken);

    /// <summary>The square around a circle, in degrees: what is outside is not worth computing.</summary>
    private static object Box(double latitude, double longitude, double kilometres)
    {
        var high = double.RadiansToDegrees(kilometres / GeoPoint.EarthKilometres);
        var outermost = Math.Abs(latitude) + high;
        var wide = outermost >= 89 ? 180 : Math.Min(180, high / Math.Cos(double.DegreesToRadians(outermost)));
        return new { latitude, longitude, kilometres, high, wide, radius = GeoPoint.EarthKilometres };
    }

    private async Task<long> VersionAsync(Guid organizationId, CancellationToken cancellationToken)
    {
        await using var batch = database.CreateBatch(DataScope.Organization(organizationId), isRepeatable: true).Add(
            "SELECT version FROM location_versions WHERE organization_id = $1", Sql.Value(organizationId));
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken) ? reader.GetInt64(0) : 0;
    }

    private Task<IReadOnlyList<PlaceRow>> ReadAsync(Guid organizationId, CancellationToken cancellationToken) =>
        database.QueryAsync<PlaceRow>(
            DataScope.Organization(organizationId),
            """
            SELECT id, name, kind, parent_id, country_code, latitude, longitude, time_zone, aliases, folded_names
            FROM locations WHERE organization_id = @organizationId ORDER BY id LIMIT @most
            """,
            new { organizationId, most = MostLocations },
            cancellationToken);

    private void Remember(Guid organizationId, Entry entry)
    {
        if (_entries.Sum(one => (long)one.Value.Names.Count) + entry.Names.Count > MostNames)
        {
            _entries.Clear();
        }

        _entries.AddOrUpdate(organizationId, entry, (_, known) => known.Version > entry.Version ? known : entry);
    }

    private sealed record Entry(long Version, PlaceNames Names, long ReadAt, bool IsDoubted = false);
}
