using System.Text.Json.Serialization;

namespace Evenkeel.Search.Catalogue.Elasticsearch;

/// <summary>The body of <c>_search</c>: filter, rank and count in one request.</summary>
internal sealed record EventSearchBody
{
    /// <summary>More different values than anything is classified by.</summary>
    private const int MostValues = 1_000;

    /// <summary>
    /// More than words ever tell (a word that hardly any event has counts less than 100), so that no word brings what is over before what is not; and little
    /// enough that a float keeps three digits of the words' score behind it.
    /// </summary>
    public const float UpcomingBoost = 2_048;

    public required object Query { get; init; }
    public required int Size { get; init; }

    [JsonPropertyName("_source")]
    public bool Source { get; init; }
    public bool TrackTotalHits { get; init; } = true;

    /// <summary>Otherwise there is no score where something else is sorted by too.</summary>
    public bool TrackScores { get; init; } = true;
    public required IReadOnlyList<object> Sort { get; init; }
    public Dictionary<string, object>? Aggs { get; init; }

    /// <param name="conditions">What has to hold.</param>
    /// <param name="needsEvery">All words, otherwise any.</param>
    public static EventSearchBody Of(EventConditions conditions, bool needsEvery)
    {
        var words = conditions.Terms.Select(Clause.MultiMatch).ToList();
        return new EventSearchBody
        {
            Size = Math.Min(conditions.Most, EventMatches.Most),
            Query = Clause.One("bool", new BoolBody
            {
                Filter = [.. Filters(conditions)],
                Must = words.Count == 0 ? null : needsEvery ? words : [Clause.AnyOf(words)],
                Should = conditions.IsUpcomingFirst ? [Clause.Constant(Clause.Range("ends_on", "gte", conditions.Today), UpcomingBoost)] : null,
                MinimumShouldMatch = conditions.IsUpcomingFirst ? 0 : null,
            }),
            Sort = [Clause.One("_score", "desc"), Clause.One("starts_on", "asc"), Clause.One("event_id", "asc")],
            Aggs = !conditions.CountsFacets ? null : new Dictionary<string, object>(StringComparer.Ordinal)
            {
                ["categories"] = Clause.One("terms", new TermsAggregation("categories", MostValues)),
                ["countries"] = Clause.One("terms", new TermsAggregation("country_code", MostValues)),
                ["months"] = Clause.One("date_histogram", new MonthsAggregation("starts_on", "month", "yyyy-MM", 1)),
                ["virtual"] = Clause.One("filters", Clause.One("filters", new Dictionary<string, object>(StringComparer.Ordinal)
                {
                    ["true"] = Clause.Term("is_virtual", true), ["false"] = InPerson(),
                })),
            },
        };
    }

    private static IEnumerable<object> Filters(EventConditions conditions)
    {
        yield return Clause.Term("organization_id", conditions.OrganizationId.ToString());
        if (conditions.LocationIds is { } places)
        {
            yield return Clause.Terms("location_ids", places.Select(id => id.ToString()));
        }

        if (conditions.From is { } from)
        {
            yield return Clause.Range("ends_on", "gte", from);
        }

        if (conditions.To is { } to)
        {
            yield return Clause.Range("starts_on", "lte", to);
        }

        if (conditions.Categories is { } categories)
        {
            yield return Clause.Terms("categories", categories);
        }

        if (conditions.Countries is { } countries)
        {
            yield return Clause.Terms("country_code", countries);
        }

        if (conditions.Virtual is { } isVirtual)
        {
            yield return isVirtual ? Clause.Term("is_virtual", true) : InPerson();
        }

        if (conditions.OnlyEvents is { } only)
        {
            yield return Clause.Terms("event_id", only.Select(id => id.ToString()));
        }
    }

    private static object InPerson() => Clause.AnyOf(Clause.Term("is_virtual", false), Clause.Exists("location_ids"));

    private sealed record TermsAggregation(string Field, int Size);

    private sealed record MonthsAggregation(string Field, string CalendarInterval, string Format, int MinDocCount);
}
