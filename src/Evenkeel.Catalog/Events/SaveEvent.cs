using Dapper;
using Evenkeel.Accounts;
using Evenkeel.Contracts.Catalogue;
using Evenkeel.Platform.Data;
using Evenkeel.Platform.Errors;
using Evenkeel.Platform.Identifiers;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using NodaTime;

namespace Evenkeel.Catalog.Events;

/// <summary><c>POST /api/v1/events</c> and <c>PUT /api/v1/events/{id}</c>. An imported event that is changed by hand stays so until its row of the import changes.</summary>
internal sealed class SaveEvent(Database database, CatalogueEvents events, IdSource ids, TimeProvider time)
{
    public static async Task<Results<Created<CatalogueEvent>, ErrorResult>> CreateAsync(
        SaveEventRequest request, Caller caller, SaveEvent save, CancellationToken cancellationToken) =>
        (await save.RunAsync(caller.OrganizationId, null, request, cancellationToken)).TryGet(out var made, out var error)
            ? TypedResults.Created($"/api/v1/events/{made.Id}", made)
            : (ErrorResult)error;

    public static async Task<Results<Ok<CatalogueEvent>, ErrorResult>> ReplaceAsync(
        Guid id, SaveEventRequest request, Caller caller, SaveEvent save, CancellationToken cancellationToken) =>
        (await save.RunAsync(caller.OrganizationId, id, request, cancellationToken)).TryGet(out var changed, out var error)
            ? TypedResults.Ok(changed)
            : (ErrorResult)error;

    private async Task<Result<CatalogueEvent>> RunAsync(Guid organizationId, Guid? id, SaveEventRequest request, CancellationToken cancellationToken)
    {
        var problems = new List<FieldProblem>();
        var fields = EventRules.Read(problems, request);
        var zone = CatalogueFields.TimeZone(problems, "time_zone", request.TimeZone);
        await using var transaction = await database.BeginAsync(DataScope.Organization(organizationId), cancellationToken);
        var placeZone = await PlaceZoneAsync(transaction, problems, request.LocationId, cancellationToken);
        var times = EventTimes.Read(problems, request, zone ?? placeZone ?? DateTimeZone.Utc);
        if (problems.Count > 0 || times is null)
        {
            return Error.Invalid(problems);
        }

        var row = new { Id = id ?? ids.Next(), organizationId, request.LocationId, isVirtual = request.Virtual ?? false, now = time.GetUtcNow() };
        if (!await StoreAsync(transaction, id is null, Args(row, fields, times), cancellationToken))
        {
            return Error.NotFound;
        }

        await transaction.CommitAsync(cancellationToken);
        return await events.FindAsync(organizationId, row.Id, cancellationToken) is { } saved ? saved : Error.NotFound;
    }

    private static DynamicParameters Args(object row, EventFields fields, EventTimes times)
    {
        var args = new DynamicParameters(row);
        args.AddDynamicParams(fields);
        args.AddDynamicParams(new
        {
            startsAt = times.StartsAt.ToDateTimeUtc(), endsAt = times.EndsAt.ToDateTimeUtc(), times.AllDay,
            startsOn = times.StartsOn.ToDateOnly().ToString("O"), endsOn = times.EndsOn.ToDateOnly().ToString("O"), times.TimeZone,
        });
        return args;
    }

    /// <summary>The place's time zone, or that of what contains it; the place stays until the end of the transaction.</summary>
    private static async Task<DateTimeZone?> PlaceZoneAsync(
        ScopedTransaction transaction, List<FieldProblem> problems, Guid? locationId, CancellationToken cancellationToken)
    {
        if (locationId is null)
        {
            return null;
        }

        var found = await transaction.Connection.QueryFirstOrDefaultAsync<PlaceZone>(new CommandDefinition(
            """
            SELECT coalesce(place.time_zone, first.time_zone, second.time_zone, third.time_zone) AS time_zone
            FROM locations AS place LEFT JOIN locations AS first ON first.id = place.parent_id
                LEFT JOIN locations AS second ON second.id = first.parent_id LEFT JOIN locations AS third ON third.id = second.parent_id
            WHERE place.id = @locationId FOR KEY SHARE OF place
            """,
            new { locationId },
            transaction.Transaction,
            cancellationToken: cancellationToken));
        if (found is null)
        {
            problems.Add(new FieldProblem("location_id", "There is no such place.", "该地点不存在。"));
        }

        return found?.TimeZone is { } name ? DateTimeZoneProviders.Tzdb.GetZoneOrNull(name) : null;
    }

    /// <returns>False where there is no such event.</returns>
    private static async Task<bool> StoreAsync(ScopedTransaction transaction, bool isNew, DynamicParameters args, CancellationToken cancellationToken) =>
        await transaction.Connection.ExecuteAsync(new CommandDefinition(
            isNew
                ? """
                  INSERT INTO catalogue_events (id, organization_id, key, title, description, starts_at, ends_at, all_day, starts_on, ends_on, time_zone,
                      location_id, is_virtual, url, categories, languages, content_hash, created_at, updated_at)
                  VALUES (@Id, @organizationId, @Id::text, @Title, @Description, @startsAt, @endsAt, @AllDay, @startsOn::date, @endsOn::date, @TimeZone,
                      @LocationId, @isVirtual, @Url, @Categories, @Languages, '', @now, @now)
                  """
                : """
                  UPDATE catalogue_events SET title = @Title, description = @Description, starts_at = @startsAt, ends_at = @endsAt, all_day = @AllDay,
                      starts_on = @startsOn::date, ends_on = @endsOn::date, time_zone = @TimeZone, location_id = @LocationId, is_virtual = @isVirtual,
                      url = @Url, categories = @Categories, languages = @Languages, updated_at = @now
                  WHERE id = @Id
                  """,
            args,
            transaction.Transaction,
            cancellationToken: cancellationToken)) == 1;

    private sealed record PlaceZone
    {
        public string? TimeZone { get; init; }
    }
}
