using System.Text.Json;
using Evenkeel.Contracts;
using Evenkeel.Contracts.Errors;
using Evenkeel.Platform.Data;
using Evenkeel.Platform.Errors;
using Evenkeel.Platform.Identifiers;

namespace Evenkeel.Search.Catalogue.Handles;

/// <summary>Keeps the results of searches for an hour. They are what they were, whatever becomes of the catalogue.</summary>
internal sealed class SearchHandles(Database database, IdSource ids, TimeProvider time)
{
    private static readonly TimeSpan Life = TimeSpan.FromHours(1);

    /// <returns>Its name, and when it ends.</returns>
    public async Task<(string Handle, DateTimeOffset ExpiresAt)> StoreAsync(HandleToStore results, CancellationToken cancellationToken)
    {
        var (id, now) = (ids.Next(), time.GetUtcNow());
        await using var batch = database.CreateBatch(DataScope.Organization(results.OrganizationId)).Add(
            """
            INSERT INTO search_handles (id, organization_id, user_id, query, understood, event_ids, scores, total, facets, created_at, expires_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
            """,
            Sql.Value(id), Sql.Value(results.OrganizationId), Sql.Uuid(results.UserId), Sql.Text(results.Query),
            Sql.Json(JsonSerializer.Serialize(results.Understood, Wire.Json)), Sql.Value(results.Matches.EventIds.ToArray()), Sql.Value(results.Matches.Scores.ToArray()),
            Sql.Value(results.Matches.Total), Sql.Json(JsonSerializer.Serialize(results.Matches.Facets, Wire.Json)), Sql.Time(now), Sql.Time(now + Life));
        await batch.ExecuteAsync(cancellationToken);
        return (SearchHandle.Text(id), now + Life);
    }

    /// <summary>A page of it.</summary>
    /// <param name="organizationId">Whose.</param>
    /// <param name="handle">As on the wire.</param>
    /// <param name="after">Place of the last one before; -1 = from the beginning.</param>
    /// <param name="limit">Most events.</param>
    /// <param name="cancellationToken">Of the request.</param>
    public async Task<Result<HandlePage>> ReadAsync(Guid organizationId, string handle, int after, int limit, CancellationToken cancellationToken)
    {
        if (SearchHandle.Parse(handle) is not { } id)
        {
            return Expired;
        }

        // Places are counted from 1 in PostgreSQL.
        var (first, last) = ((long)after + 2, (long)after + 1 + limit);
        await using var batch = database.CreateBatch(DataScope.Organization(organizationId), isRepeatable: true).Add(
            """
            SELECT event_ids[$4:$5], scores[$4:$5], cardinality(event_ids) > $5 FROM search_handles
            WHERE id = $1 AND organization_id = $2 AND expires_at > $3
            """,
            Sql.Value(id), Sql.Value(organizationId), Sql.Time(time.GetUtcNow()), Sql.Value((int)Math.Min(first, int.MaxValue)), Sql.Value((int)Math.Min(last, int.MaxValue)));
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken)
            ? new HandlePage(reader.GetFieldValue<Guid[]>(0), reader.GetFieldValue<float[]>(1), reader.GetBoolean(2))
            : Expired;
    }

    /// <summary>Forgets those whose hour is over, of all organizations.</summary>
    /// <returns>How many.</returns>
    public Task<int> ForgetExpiredAsync(DataScope scope, int most, CancellationToken cancellationToken) => database.ExecuteAsync(
        scope, "DELETE FROM search_handles WHERE id IN (SELECT id FROM search_handles WHERE expires_at <= @now ORDER BY expires_at LIMIT @most)",
        new { now = time.GetUtcNow(), most }, cancellationToken);

    private static Error Expired { get; } = new(ErrorCode.SearchHandleExpired);
}
