using Dapper;
using Evenkeel.Accounts;
using Evenkeel.Contracts.Catalogue;
using Evenkeel.Platform.Data;
using Evenkeel.Platform.Errors;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Evenkeel.Catalog.Locations;

/// <summary>
/// <c>POST /api/v1/locations/{id}/merge</c>: duplicates become names of one location, with their events and what they contain. What the one does not
/// know of itself it takes from them. All of it happens or nothing.
/// </summary>
internal sealed class MergeLocations(Database database, Places places, TimeProvider time)
{
    private const int MostOthers = 50;

    public static async Task<Results<Ok<Location>, ErrorResult>> HandleAsync(
        Guid id, MergeLocationsRequest request, Caller caller, MergeLocations merge, CancellationToken cancellationToken) =>
        (await merge.RunAsync(caller.OrganizationId, id, request, cancellationToken)).TryGet(out var merged, out var error)
            ? TypedResults.Ok(merged)
            : (ErrorResult)error;

    private async Task<Result<Location>> RunAsync(Guid organizationId, Guid id, MergeLocationsRequest request, CancellationToken cancellationToken)
    {
        var others = (request.LocationIds ?? []).Distinct().ToArray();
        if (others.Length is 0 or > MostOthers)
        {
            return Problem($"Between 1 and {MostOthers} other places.", $"应为 1 到 {MostOthers} 个其他地点。");
        }

        await using var transaction = await database.BeginAsync(DataScope.Organization(organizationId), cancellationToken);
        await LocationLock.TakeInTransactionAsync(transaction, organizationId, cancellationToken);
        var rows = (await transaction.Connection.QueryAsync<PlaceRow>(new CommandDefinition(
            """
            SELECT id, name, kind, parent_id, country_code, latitude, longitude, time_zone, aliases FROM locations WHERE id = ANY(@ids) ORDER BY id
            """,
            new { ids = others.Append(id).ToArray() },
            transaction.Transaction,
            cancellationToken: cancellationToken))).ToDictionary(row => row.Id);
        if (!rows.TryGetValue(id, out var kept))
        {
            return Error.NotFound;
        }

        if (await RefusalAsync(transaction, kept, (rows, others), cancellationToken) is { } refusal)
        {
            return refusal;
        }

        await MoveAsync(transaction, Joined(kept, [.. others.Select(other => rows[other])]), others, cancellationToken);
        await NoteEventChanges.OfLocationInTransactionAsync(transaction, id, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        places.Changed(organizationId);
        return await ReadLocations.FindAsync(database, organizationId, id, cancellationToken) is { } merged ? merged : Error.NotFound;
    }

    private static async Task<Error?> RefusalAsync(
        ScopedTransaction transaction, PlaceRow kept, (Dictionary<Guid, PlaceRow> Rows, Guid[] Ids) others, CancellationToken cancellationToken)
    {
        if (others.Ids.Contains(kept.Id))
        {
            return Problem("A place cannot be merged with itself.", "地点不能与其自身合并。");
        }

        if (!Array.TrueForAll(others.Ids, others.Rows.ContainsKey))
        {
            return Problem("One of these places does not exist.", "其中有地点不存在。");
        }

        if (Array.Exists(others.Ids, other => others.Rows[other].Kind != kept.Kind))
        {
            return Problem("Only places of one kind can be merged.", "只能合并同一类型的地点。");
        }

        // The kept one would lie within itself.
        var above = await ParentRules.AboveAsync(transaction, kept.Id, cancellationToken);
        return above.Any(outer => others.Ids.Contains(outer.Id)) ? Problem("One of these places contains this one.", "其中有地点包含此地点。") : null;
    }

    private static PlaceRow Joined(PlaceRow kept, IReadOnlyList<PlaceRow> others)
    {
        var point = others.Prepend(kept).Select(row => GeoPoint.Of(row.Latitude, row.Longitude)).FirstOrDefault(one => one is not null);
        var aliases = LocationRules.Aliases(kept.Name, kept.Aliases.Concat(others.SelectMany(other => other.Aliases.Prepend(other.Name))));
        return kept with
        {
            Latitude = point?.Latitude,
            Longitude = point?.Longitude,
            CountryCode = kept.CountryCode ?? others.Select(other => other.CountryCode).FirstOrDefault(code => code is not null),
            TimeZone = kept.TimeZone ?? others.Select(other => other.TimeZone).FirstOrDefault(zone => zone is not null),
            Aliases = aliases,
            FoldedNames = [.. aliases.Prepend(kept.Name).Select(PlaceName.Fold).Distinct(StringComparer.Ordinal)],
        };
    }

    private Task MoveAsync(ScopedTransaction transaction, PlaceRow joined, Guid[] others, CancellationToken cancellationToken) =>
        transaction.Connection.ExecuteAsync(new CommandDefinition(
            """
            UPDATE catalogue_events SET location_id = @Id, updated_at = @now WHERE location_id = ANY(@others);
            UPDATE locations SET parent_id = @Id, updated_at = @now WHERE parent_id = ANY(@others) AND id <> ALL(@others);
            DELETE FROM locations WHERE id = ANY(@others);
            UPDATE locations SET aliases = @Aliases, folded_names = @FoldedNames, country_code = @CountryCode, latitude = @Latitude, longitude = @Longitude,
                time_zone = @TimeZone, updated_at = @now
            WHERE id = @Id;
            """,
            new
            {
                joined.Id, joined.Aliases, joined.FoldedNames, joined.CountryCode, joined.Latitude, joined.Longitude, joined.TimeZone, others, now = time.GetUtcNow(),
            },
            transaction.Transaction,
            cancellationToken: cancellationToken));

    private static Error Problem(string english, string chinese) => Error.Invalid(new FieldProblem("location_ids", english, chinese));
}
