using System.Text;
using System.Text.Json;
using Evenkeel.Search.Catalogue.Indexing;

namespace Evenkeel.Search.Catalogue.Elasticsearch;

/// <summary>The body of <c>_bulk</c>.</summary>
internal static class BulkLines
{
    /// <summary>Those of the ids that are no event any more are deleted, the events are put in.</summary>
    public static string Of(IEnumerable<Guid> ids, IReadOnlyList<IndexedEvent> events)
    {
        var lines = new StringBuilder();
        foreach (var gone in ids.Except(events.Select(found => found.Id)))
        {
            Append(lines, Clause.One("delete", new Target(gone)));
        }

        foreach (var found in events)
        {
            Append(lines, Clause.One("index", new Target(found.Id)));
            Append(lines, new Document
            {
                EventId = found.Id,
                OrganizationId = found.OrganizationId,
                Title = string.Join(' ', found.Words.Title),
                Place = string.Join(' ', found.Words.Place),
                Description = string.Join(' ', found.Words.Description),
                LocationIds = found.LocationIds,
                CountryCode = found.CountryCode,
                StartsOn = found.StartsOn,
                EndsOn = found.EndsOn,
                Categories = found.Categories,
                IsVirtual = found.IsVirtual,
            });
        }

        return lines.ToString();
    }

    private static void Append(StringBuilder lines, object line) => lines.Append(JsonSerializer.Serialize(line, ElasticsearchJson.Options)).Append('\n');

    private sealed record Target([property: System.Text.Json.Serialization.JsonPropertyName("_id")] Guid Id);

    private sealed record Document
    {
        public required Guid EventId { get; init; }
        public required Guid OrganizationId { get; init; }
        public required string Title { get; init; }
        public required string Place { get; init; }
        public required string Description { get; init; }
        public required IReadOnlyList<Guid> LocationIds { get; init; }
        public required string? CountryCode { get; init; }
        public required DateOnly StartsOn { get; init; }
        public required DateOnly EndsOn { get; init; }
        public required IReadOnlyList<string> Categories { get; init; }
        public required bool IsVirtual { get; init; }
    }
}
