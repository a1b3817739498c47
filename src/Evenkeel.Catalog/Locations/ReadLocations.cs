using Evenkeel.Accounts;
using Evenkeel.Contracts.Catalogue;
using Evenkeel.Contracts.Chats;
using Evenkeel.Platform.Data;
using Evenkeel.Platform.Errors;
using Evenkeel.Platform.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Evenkeel.Catalog.Locations;

/// <summary>The query of <c>GET /api/v1/locations</c>.</summary>
internal readonly record struct LocationFilter
{
    /// <summary>A part of a name in any language, up to 200 characters.</summary>
    [FromQuery(Name = "q")]
    public string? Query { get; init; }

    /// <summary><c>country</c>, <c>region</c>, <c>city</c> or <c>venue</c>.</summary>
    [FromQuery(Name = "kind")]
    public string? Kind { get; init; }

    /// <summary><c>next_cursor</c> of the page before.</summary>
    [FromQuery(Name = "cursor")]
    public string? Cursor { get; init; }

    /// <summary>1 to 100; absent = 50.</summary>
    [FromQuery(Name = "limit")]
    public int? Limit { get; init; }
}

/// <summary><c>GET /api/v1/locations[/{id}]</c>: by name.</summary>
internal static class ReadLocations
{
    public static async Task<Results<Ok<Page<Location>>, ErrorResult>> ListAsync(
        [AsParameters] LocationFilter filter, Caller caller, Database database, CancellationToken cancellationToken)
    {
        var problems = new List<FieldProblem>();
        var pattern = CatalogueFields.Pattern(problems, filter.Query, PlaceName.Fold);
        var kind = string.IsNullOrEmpty(filter.Kind) ? null : LocationRules.Kind(problems, filter.Kind);
        if (!new PageRequest { Limit = filter.Limit }.Read().TryGet(out var page, out var error)
            || !KeysetCursor.Parse(filter.Cursor).TryGet(out var after, out error)
            || (error = problems.Count > 0 ? Error.Invalid(problems) : null) is not null)
        {
            return (ErrorResult)error!;
        }

        var rows = await database.QueryAsync<LocationRow>(
            DataScope.Organization(caller.OrganizationId),
            LocationRow.Query($"SELECT * FROM locations WHERE {Conditions(pattern, kind, after)} ORDER BY name, id LIMIT @Rows"),
            new { pattern, kind, afterName = after?.Value, afterId = after?.Id, Rows = page.Limit + 1 },
            cancellationToken);
        var items = rows.Take(page.Limit).Select(row => row.ToWire()).ToList();
        return TypedResults.Ok(new Page<Location>(items, rows.Count > items.Count ? new KeysetCursor(items[^1].Name, items[^1].Id).ToString() : null));
    }

    public static async Task<Results<Ok<Location>, ErrorResult>> GetAsync(Guid id, Caller caller, Database database, CancellationToken cancellationToken) =>
        await FindAsync(database, caller.OrganizationId, id, cancellationToken) is { } found ? TypedResults.Ok(found) : (ErrorResult)Error.NotFound;

    /// <summary>One location; null where there is none.</summary>
    public static async Task<Location?> FindAsync(Database database, Guid organizationId, Guid id, CancellationToken cancellationToken) =>
        (await database.QueryFirstOrDefaultAsync<LocationRow>(
            DataScope.Organization(organizationId), LocationRow.Query("SELECT * FROM locations WHERE id = @id"), new { id }, cancellationToken))?.ToWire();

    private static string Conditions(string? pattern, string? kind, KeysetCursor? after) => string.Join(" AND ", new[]
    {
        "organization_id = current_organization_id()",
        pattern is null ? null : "EXISTS (SELECT FROM unnest(folded_names) AS one WHERE one LIKE @pattern)",
        kind is null ? null : "kind = @kind",
        after is null ? null : "(name, id) > (@afterName, @afterId)",
    }.OfType<string>());
}
