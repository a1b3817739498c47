using System.Net;
using System.Text.Json;
using Evenkeel.Contracts.Catalogue;
using Evenkeel.Platform.Data;

namespace Evenkeel.Search.Catalogue.Elasticsearch;

/// <summary>Searches in Elasticsearch or OpenSearch.</summary>
internal sealed class ElasticsearchEventBackend(ElasticsearchClient client, ElasticsearchIndex index, Database database) : IEventBackend
{
    public string Name => EventBackendOptions.ElasticsearchName;

    public async Task<EventMatches> SearchAsync(EventConditions conditions, CancellationToken cancellationToken)
    {
        var answer = await AskAsync(conditions, needsEvery: true, cancellationToken);
        var hasEveryWord = Total(answer) > 0 || conditions.Terms.Count < 2;
        if (!hasEveryWord)
        {
            answer = await AskAsync(conditions, needsEvery: false, cancellationToken);
        }

        var hits = answer.GetProperty("hits").GetProperty("hits");
        var scores = hits.EnumerateArray().Select(hit => hit.GetProperty("_score").GetSingle()).ToArray();
        var upcoming = conditions.IsUpcomingFirst ? scores.Count(score => score >= EventSearchBody.UpcomingBoost) : scores.Length;
        return new EventMatches
        {
            Backend = Name,
            Total = Total(answer),
            HasEveryWord = hasEveryWord,
            EventIds = [.. hits.EnumerateArray().Select(hit => Guid.Parse(hit.GetProperty("_id").GetString()!))],
            Upcoming = upcoming,
            Scores = EventMatches.Relative(
                [.. scores.Select((score, place) => place < upcoming && conditions.IsUpcomingFirst ? score - EventSearchBody.UpcomingBoost : score)], conditions.Terms.Count > 0),
            Facets = conditions.CountsFacets ? await FacetsAsync(conditions.OrganizationId, answer.GetProperty("aggregations"), cancellationToken) : FacetsOf.None,
        };
    }

    public Task<int> ApplyChangesAsync(Guid organizationId, CancellationToken cancellationToken) => index.ApplyChangesAsync(organizationId, cancellationToken);

    public Task<RebuildState> StartRebuildAsync(Guid organizationId, CancellationToken cancellationToken) => index.StartRebuildAsync(organizationId, cancellationToken);

    public Task<bool> ContinueRebuildAsync(Guid organizationId, CancellationToken cancellationToken) => index.ContinueRebuildAsync(organizationId, cancellationToken);

    public Task<RebuildState> RebuildStateAsync(Guid organizationId, CancellationToken cancellationToken) => index.RebuildStateAsync(organizationId, cancellationToken);

    private async Task<JsonElement> AskAsync(EventConditions conditions, bool needsEvery, CancellationToken cancellationToken) =>
        await client.SearchAsync($"{index.Alias(conditions.OrganizationId)}/_search", EventSearchBody.Of(conditions, needsEvery), cancellationToken)
        ?? throw new ElasticsearchException((int)HttpStatusCode.NotFound);

    private static int Total(JsonElement answer) => answer.GetProperty("hits").GetProperty("total").GetProperty("value").GetInt32();

    private async Task<SearchFacets> FacetsAsync(Guid organizationId, JsonElement aggregations, CancellationToken cancellationToken)
    {
        var countries = Buckets(aggregations, "countries", "key");
        var names = countries.Count == 0 ? [] : (await database.QueryAsync<Country>(
            DataScope.Organization(organizationId),
            "SELECT country_code AS code, min(name) AS name FROM locations WHERE organization_id = @organizationId AND kind = 'country' AND country_code = ANY (@codes) GROUP BY 1",
            new { organizationId, codes = countries.ConvertAll(country => country.Value).ToArray() },
            cancellationToken)).ToDictionary(country => country.Code, country => country.Name, StringComparer.Ordinal);
        return FacetsOf.Counts(
            Buckets(aggregations, "categories", "key"),
            countries.ConvertAll(country => country with { Label = names.GetValueOrDefault(country.Value, country.Value) }),
            Buckets(aggregations, "months", "key_as_string"),
            aggregations.GetProperty("virtual").GetProperty("buckets").EnumerateObject()
                .Select(bucket => new FacetValue(bucket.Name, bucket.Name, bucket.Value.GetProperty("doc_count").GetInt32())));
    }

    private static List<FacetValue> Buckets(JsonElement aggregations, string name, string key) =>
    [
        .. aggregations.GetProperty(name).GetProperty("buckets").EnumerateArray().Select(bucket =>
            new FacetValue(bucket.GetProperty(key).GetString()!, bucket.GetProperty(key).GetString()!, bucket.GetProperty("doc_count").GetInt32())),
    ];

    private sealed record Country
    {
        public required string Code { get; init; }
        public required string Name { get; init; }
    }
}
