using Dapper;
using Evenkeel.Platform.Data;
using Evenkeel.Platform.Identifiers;

namespace Evenkeel.Catalog.Locations.Placing;

internal sealed class PlaceLocations(Database database, ReadNamedPlace read, Places places, IdSource ids, TimeProvider time) : IPlaceLocations
{
    // Names of places have no control characters.
    private const string Between = "\u001f";

    private const string Sought = """
        SELECT id, name, kind, parent_id, country_code, latitude, longitude, time_zone, aliases, folded_names
        FROM locations WHERE organization_id = @organizationId AND folded_names && @names ORDER BY id
        """;

    public async Task<IReadOnlyDictionary<NamedPlace, PlacedLocation>> PlaceAsync(
        Guid organizationId, IReadOnlyCollection<NamedPlace> named, bool dryRun, CancellationToken cancellationToken)
    {
        var levels = named.Distinct().ToDictionary(place => place, read.Run);
        var args = new { organizationId, names = levels.Values.SelectMany(list => list).SelectMany(one => one.FoldedNames).Distinct(StringComparer.Ordinal).ToArray() };
        var finding = new FindOrMake(await database.QueryAsync<PlaceRow>(DataScope.Organization(organizationId), Sought, args, cancellationToken), ids);
        var placed = finding.Run(levels, dryRun);
        if (dryRun || finding.Made.Count == 0)
        {
            return placed;
        }

        // Others may have made them meanwhile: looked for again, one after the other.
        await using var transaction = await database.BeginAsync(DataScope.Organization(organizationId), cancellationToken);
        await LocationLock.TakeInTransactionAsync(transaction, organizationId, cancellationToken);
        var rows = await transaction.Connection.QueryAsync<PlaceRow>(new CommandDefinition(Sought, args, transaction.Transaction, cancellationToken: cancellationToken));
        finding = new FindOrMake(rows, ids);
        placed = finding.Run(levels, dryRun);
        await InsertAsync(transaction, organizationId, finding.Made, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        places.Changed(organizationId);
        return placed;
    }

    /// <summary>In one statement: a file may name thousands of places.</summary>
    private Task InsertAsync(ScopedTransaction transaction, Guid organizationId, IReadOnlyList<PlaceRow> made, CancellationToken cancellationToken) =>
        transaction.Connection.ExecuteAsync(new CommandDefinition(
            """
            INSERT INTO locations (id, organization_id, name, kind, parent_id, country_code, latitude, longitude, time_zone, aliases, folded_names, created_at, updated_at)
            SELECT id, @organizationId, name, kind, parent_id, country_code, latitude, longitude, time_zone,
                string_to_array(aliases, @between), string_to_array(folded_names, @between), @now, @now
            FROM unnest(@ids, @names, @kinds, @parents, @countries, @latitudes, @longitudes, @zones, @aliases, @folded)
                AS given (id, name, kind, parent_id, country_code, latitude, longitude, time_zone, aliases, folded_names)
            """,
            new
            {
                organizationId,
                between = Between,
                now = time.GetUtcNow(),
                ids = made.Select(row => row.Id).ToArray(),
                names = made.Select(row => row.Name).ToArray(),
                kinds = made.Select(row => row.Kind).ToArray(),
                parents = made.Select(row => row.ParentId).ToArray(),
                countries = made.Select(row => row.CountryCode).ToArray(),
                latitudes = made.Select(row => row.Latitude).ToArray(),
                longitudes = made.Select(row => row.Longitude).ToArray(),
                zones = made.Select(row => row.TimeZone).ToArray(),
                // Lists of different lengths make no array of arrays.
                aliases = made.Select(row => string.Join(Between, row.Aliases)).ToArray(),
                folded = made.Select(row => string.Join(Between, row.FoldedNames)).ToArray(),
            },
            transaction.Transaction,
            cancellationToken: cancellationToken));
}
