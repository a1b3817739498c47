using Dapper;
using Evenkeel.Platform.Data;
using Evenkeel.Platform.Identifiers;

namespace Evenkeel.Catalog.Locations.Placing;

internal sealed class PlaceLocations(Database database, ReadNamedPlace read, Places places, IdSource ids, TimeProvider time) : IPlaceLocations
{
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

    private Task InsertAsync(ScopedTransaction transaction, Guid organizationId, IReadOnlyList<PlaceRow> made, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        return transaction.Connection.ExecuteAsync(new CommandDefinition(
            """
            INSERT INTO locations (id, organization_id, name, kind, parent_id, country_code, latitude, longitude, time_zone, aliases, folded_names, created_at, updated_at)
            VALUES (@Id, @organizationId, @Name, @Kind, @ParentId, @CountryCode, @Latitude, @Longitude, @TimeZone, @Aliases, @FoldedNames, @now, @now)
            """,
            made.Select(row => new
            {
                row.Id, organizationId, row.Name, row.Kind, row.ParentId, row.CountryCode, row.Latitude, row.Longitude, row.TimeZone, row.Aliases, row.FoldedNames, now,
            }),
            transaction.Transaction,
            cancellationToken: cancellationToken));
    }
}
