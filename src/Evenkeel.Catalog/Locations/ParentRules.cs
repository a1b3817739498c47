using Dapper;
using Evenkeel.Platform.Data;
using Evenkeel.Platform.Errors;

namespace Evenkeel.Catalog.Locations;

/// <summary>What contains a location, as far as a new parent is judged by it.</summary>
internal sealed record ParentLocation
{
    public Guid Id { get; init; }
    public string Kind { get; init; } = "";
    public string? CountryCode { get; init; }
}

/// <summary>What may contain a location.</summary>
internal static class ParentRules
{
    /// <summary>The parent; null where none is asked for, or with a problem added. Needs <see cref="LocationLock"/>, or two changes could close a cycle.</summary>
    public static async Task<ParentLocation?> CheckUnderLockAsync(
        ScopedTransaction transaction, List<FieldProblem> problems, (Guid? Id, string Kind, Guid? ParentId) location, CancellationToken cancellationToken)
    {
        if (location.ParentId is not { } parentId)
        {
            return null;
        }

        var above = await AboveAsync(transaction, parentId, cancellationToken);
        if (above.Count == 0)
        {
            problems.Add(new FieldProblem("parent_id", "There is no such place.", "该地点不存在。"));
        }
        else if (above.Any(outer => outer.Id == location.Id))
        {
            problems.Add(new FieldProblem("parent_id", "A place cannot lie within itself.", "地点不能位于其自身之内。"));
        }
        else if (!LocationKind.Contains(above[0].Kind, location.Kind))
        {
            problems.Add(new FieldProblem("parent_id", "What contains it has to be larger: a city lies in a country, a venue in a city.", "上级地点应更大：城市位于国家之内，场馆位于城市之内。"));
        }

        return above.Count > 0 ? above[0] : null;
    }

    /// <summary>The location itself, then what contains it, from the smallest to the largest; none where it does not exist.</summary>
    public static async Task<IReadOnlyList<ParentLocation>> AboveAsync(ScopedTransaction transaction, Guid id, CancellationToken cancellationToken) =>
        (await transaction.Connection.QueryAsync<ParentLocation>(new CommandDefinition(
            """
            WITH RECURSIVE above AS (
                SELECT id, kind, country_code, parent_id, 0 AS steps FROM locations WHERE id = @id
                UNION ALL
                SELECT place.id, place.kind, place.country_code, place.parent_id, steps + 1 FROM locations AS place JOIN above ON place.id = above.parent_id
            ) CYCLE id SET is_cycle USING path
            SELECT id, kind, country_code FROM above WHERE NOT is_cycle ORDER BY steps
            """,
            new { id },
            transaction.Transaction,
            cancellationToken: cancellationToken))).AsList();
}
