using System.Globalization;
using System.Text;
using System.Text.Json;
using Dapper;
using Evenkeel.Platform.Data;
using Evenkeel.Search.Catalogue.Indexing;

namespace Evenkeel.Search.Catalogue.Postgres;

/// <summary>Writes events into <c>event_index</c>.</summary>
internal sealed class WriteIndexedEvents
{
    /// <summary>The greatest position a tsvector keeps.</summary>
    private const int LastPosition = 16_383;

    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    /// <summary>Takes out the events with these ids and puts in those that exist.</summary>
    public async Task ReplaceInTransactionAsync(
        ScopedTransaction transaction, Guid organizationId, IReadOnlyList<int> generations, IReadOnlyList<Guid> ids, IReadOnlyList<IndexedEvent> events,
        CancellationToken cancellationToken)
    {
        const string sql =
            """
            DELETE FROM event_index WHERE organization_id = @organizationId AND generation = ANY (@generations) AND event_id = ANY (@ids);
            INSERT INTO event_index (organization_id, generation, event_id, terms, location_ids, country_code, starts_on, ends_on, categories, is_virtual)
            SELECT @organizationId, generation, id, terms::tsvector, location_ids, country_code, starts_on, ends_on, categories, is_virtual
            FROM jsonb_to_recordset(@rows::jsonb) AS given (
                id uuid, terms text, location_ids uuid[], country_code text, starts_on date, ends_on date, categories text[], is_virtual boolean)
            CROSS JOIN unnest(@generations) AS generation
            """;
        var rows = JsonSerializer.Serialize(events.Select(Row.Of), Json);
        await transaction.Connection.ExecuteAsync(new CommandDefinition(
            sql, new { organizationId, generations = generations.ToArray(), ids = ids.ToArray(), rows }, transaction.Transaction, cancellationToken: cancellationToken));
    }

    private sealed record Row
    {
        public required Guid Id { get; init; }
        public required string Terms { get; init; }
        public required IReadOnlyList<Guid> LocationIds { get; init; }
        public required string? CountryCode { get; init; }
        public required DateOnly StartsOn { get; init; }
        public required DateOnly EndsOn { get; init; }
        public required IReadOnlyList<string> Categories { get; init; }
        public required bool IsVirtual { get; init; }

        public static Row Of(IndexedEvent found) => new()
        {
            Id = found.Id,
            Terms = Vector(found.Words),
            LocationIds = found.LocationIds,
            CountryCode = found.CountryCode,
            StartsOn = found.StartsOn,
            EndsOn = found.EndsOn,
            Categories = found.Categories,
            IsVirtual = found.IsVirtual,
        };

        private static string Vector(EventWords words)
        {
            var vector = new StringBuilder();
            var position = 0;
            foreach (var (terms, weight) in new[] { (words.Title, 'A'), (words.Place, 'B'), (words.Description, 'C') })
            {
                foreach (var term in terms)
                {
                    position = Math.Min(position + 1, LastPosition);
                    vector.Append(CultureInfo.InvariantCulture, $"'{term}':{position}{weight} ");
                }
            }

            return vector.ToString();
        }
    }
}
