using Dapper;
using Evenkeel.Accounts;
using Evenkeel.Catalog.Locations.Gazetteer;
using Evenkeel.Contracts.Catalogue;
using Evenkeel.Platform.Data;
using Evenkeel.Platform.Errors;
using Evenkeel.Platform.Identifiers;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Evenkeel.Catalog.Locations;

/// <summary><c>POST /api/v1/locations</c> and <c>PUT /api/v1/locations/{id}</c>.</summary>
internal sealed class SaveLocation(Database database, WellKnownPlaces wellKnown, Places places, IdSource ids, TimeProvider time)
{
    public static async Task<Results<Created<Location>, ErrorResult>> CreateAsync(
        SaveLocationRequest request, Caller caller, SaveLocation save, CancellationToken cancellationToken) =>
        (await save.RunAsync(caller.OrganizationId, null, request, cancellationToken)).TryGet(out var made, out var error)
            ? TypedResults.Created($"/api/v1/locations/{made.Id}", made)
            : (ErrorResult)error;

    public static async Task<Results<Ok<Location>, ErrorResult>> ReplaceAsync(
        Guid id, SaveLocationRequest request, Caller caller, SaveLocation save, CancellationToken cancellationToken) =>
        (await save.RunAsync(caller.OrganizationId, id, request, cancellationToken)).TryGet(out var changed, out var error)
            ? TypedResults.Ok(changed)
            : (ErrorResult)error;

    private async Task<Result<Location>> RunAsync(Guid organizationId, Guid? id, SaveLocationRequest request, CancellationToken cancellationToken)
    {
        var problems = new List<FieldProblem>();
        var fields = LocationRules.Read(problems, request, wellKnown);
        await using var transaction = await database.BeginAsync(DataScope.Organization(organizationId), cancellationToken);
        await LocationLock.TakeInTransactionAsync(transaction, organizationId, cancellationToken);
        var parent = await ParentRules.CheckUnderLockAsync(transaction, problems, (id, fields.Kind, request.ParentId), cancellationToken);
        if (parent is not null && fields.CountryCode is not null && parent.CountryCode is not null && parent.CountryCode != fields.CountryCode)
        {
            problems.Add(new FieldProblem("country_code", "What contains it lies in another country.", "上级地点位于另一个国家。"));
        }

        if (problems.Count > 0)
        {
            return Error.Invalid(problems);
        }

        var row = new { Id = id ?? ids.Next(), organizationId, request.ParentId, code = fields.CountryCode ?? parent?.CountryCode, now = time.GetUtcNow() };
        if (await StoreAsync(transaction, id is null, row, fields, cancellationToken) == 0)
        {
            return Error.NotFound;
        }

        await NoteEventChanges.OfLocationInTransactionAsync(transaction, row.Id, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        places.Changed(organizationId);
        return await ReadLocations.FindAsync(database, organizationId, row.Id, cancellationToken) is { } saved ? saved : Error.NotFound;
    }

    private static Task<int> StoreAsync(ScopedTransaction transaction, bool isNew, object row, LocationFields fields, CancellationToken cancellationToken)
    {
        var args = new DynamicParameters(row);
        args.AddDynamicParams(fields);
        return transaction.Connection.ExecuteAsync(new CommandDefinition(
            isNew
                ? """
                  INSERT INTO locations (id, organization_id, name, kind, parent_id, country_code, latitude, longitude, time_zone, aliases, folded_names, created_at, updated_at)
                  VALUES (@Id, @organizationId, @Name, @Kind, @ParentId, @code, @Latitude, @Longitude, @TimeZone, @Aliases, @FoldedNames, @now, @now)
                  """
                : """
                  UPDATE locations SET name = @Name, kind = @Kind, parent_id = @ParentId, country_code = @code, latitude = @Latitude, longitude = @Longitude,
                      time_zone = @TimeZone, aliases = @Aliases, folded_names = @FoldedNames, updated_at = @now
                  WHERE id = @Id
                  """,
            args,
            transaction.Transaction,
            cancellationToken: cancellationToken));
    }
}
