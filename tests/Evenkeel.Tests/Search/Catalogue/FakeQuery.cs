using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Evenkeel.Tests.Search.Catalogue;

/// <summary>Runs the query language over documents; scores are made up, but rarer words and heavier fields tell more, as they do in BM25.</summary>
internal sealed class FakeQuery(Dictionary<string, string> types, IReadOnlyCollection<JsonElement> all)
{
    /// <summary>Refuses an object with other members.</summary>
    public static void Only(JsonElement body, params string[] members)
    {
        foreach (var member in body.EnumerateObject())
        {
            if (!members.Contains(member.Name))
            {
                throw new RefusedException($"unknown field [{member.Name}]");
            }
        }
    }

    /// <summary>Null when it does not match.</summary>
    public double? Score(JsonElement query, JsonElement document)
    {
        var clause = query.EnumerateObject().Single();
        return clause.Name switch
        {
            "bool" => Bool(clause.Value, document),
            "term" => OneField(clause.Value, (field, value) => Values(document, Typed(field, "keyword", "boolean", "date")).Contains(Text(value)) ? 1 : null),
            "terms" => OneField(clause.Value, (field, values) =>
            {
                var wanted = values.EnumerateArray().Select(Text).ToHashSet(StringComparer.Ordinal);
                return wanted.Count > 65_536 ? throw new RefusedException("too many terms")
                    : Values(document, Typed(field, "keyword")).Any(wanted.Contains) ? 1 : null;
            }),
            "exists" => Exists(clause.Value, document),
            "range" => OneField(clause.Value, (field, bounds) => Range(Values(document, Typed(field, "date")).Single(), bounds) ? 1 : null),
            "constant_score" => Constant(clause.Value, document),
            "multi_match" => MultiMatch(clause.Value, document),
            _ => throw new RefusedException($"unknown query [{clause.Name}]"),
        };
    }

    public JsonNode Buckets(JsonElement aggregation, IReadOnlyList<JsonElement> hits)
    {
        var (kind, body) = aggregation.EnumerateObject().Select(member => (member.Name, member.Value)).Single();
        switch (kind)
        {
            case "terms":
                Only(body, "field", "size");
                var counted = hits.SelectMany(hit => Values(hit, Typed(body.GetProperty("field").GetString()!, "keyword"))).CountBy(value => value)
                    .OrderByDescending(pair => pair.Value).Take(body.GetProperty("size").GetInt32());
                return new JsonArray([.. counted.Select(pair => new JsonObject { ["key"] = pair.Key, ["doc_count"] = pair.Value })]);
            case "date_histogram":
                Only(body, "field", "calendar_interval", "format", "min_doc_count");
                if (body.GetProperty("calendar_interval").GetString() != "month" || body.GetProperty("format").GetString() != "yyyy-MM" || body.GetProperty("min_doc_count").GetInt32() != 1)
                {
                    throw new RefusedException("this stand-in knows months only");
                }

                var months = hits.SelectMany(hit => Values(hit, Typed(body.GetProperty("field").GetString()!, "date"))).CountBy(day => day[..7]).OrderBy(pair => pair.Key, StringComparer.Ordinal);
                return new JsonArray([.. months.Select(pair => new JsonObject { ["key_as_string"] = pair.Key, ["key"] = 0, ["doc_count"] = pair.Value })]);
            case "filters":
                Only(body, "filters");
                return new JsonObject(body.GetProperty("filters").EnumerateObject().Select(filter => KeyValuePair.Create(
                    filter.Name, (JsonNode?)new JsonObject { ["doc_count"] = hits.Count(hit => Score(filter.Value, hit) is not null) })));
            default:
                throw new RefusedException($"Unknown aggregation type [{kind}]");
        }
    }

    private double? Bool(JsonElement body, JsonElement document)
    {
        Only(body, "must", "filter", "should", "must_not", "minimum_should_match");
        var must = Clauses(body, "must").Select(clause => Score(clause, document)).ToList();
        var filter = Clauses(body, "filter").Select(clause => Score(clause, document)).ToList();
        var should = Clauses(body, "should").Select(clause => Score(clause, document)).ToList();
        var least = body.TryGetProperty("minimum_should_match", out var given) ? given.GetInt32() : must.Count + filter.Count == 0 && should.Count > 0 ? 1 : 0;
        return must.Contains(null) || filter.Contains(null) || should.Count(score => score is not null) < least ? null : must.Sum() + should.Sum();
    }

    private static IEnumerable<JsonElement> Clauses(JsonElement body, string name) => body.TryGetProperty(name, out var clauses) ? clauses.EnumerateArray() : [];

    private double? Exists(JsonElement body, JsonElement document)
    {
        Only(body, "field");
        return Values(document, Typed(body.GetProperty("field").GetString()!, [.. types.Values])).Count > 0 ? 1 : null;
    }

    private double? Constant(JsonElement body, JsonElement document)
    {
        Only(body, "filter", "boost");
        return Score(body.GetProperty("filter"), document) is null ? null : body.GetProperty("boost").GetDouble();
    }

    private double? MultiMatch(JsonElement body, JsonElement document)
    {
        Only(body, "query", "fields", "type");
        var terms = body.GetProperty("query").GetString()!.Split(' ');
        double? best = body.GetProperty("type").GetString() == "best_fields" ? null : throw new RefusedException("this stand-in knows best_fields only");
        foreach (var (name, weight) in body.GetProperty("fields").EnumerateArray().Select(field => field.GetString()!.Split('^')).Select(parts => (parts[0], parts.Length > 1 ? double.Parse(parts[1], CultureInfo.InvariantCulture) : 1)))
        {
            var score = terms.Where(term => Words(document, Typed(name, "text")).Contains(term)).Sum(term => weight * Rarity(name, term));
            best = score > 0 && !(best > score) ? score : best;
        }

        return best;
    }

    private double Rarity(string field, string term) => Math.Log(1 + (all.Count / (0.5 + all.Count(document => Words(document, field).Contains(term)))));

    private static string[] Words(JsonElement document, string field) => document.GetProperty(field).GetString()!.Split(' ');

    private static bool Range(string day, JsonElement bounds)
    {
        Only(bounds, "gte", "lte", "gt", "lt", "format");
        return (!bounds.TryGetProperty("gte", out var from) || string.CompareOrdinal(day, from.GetString()) >= 0)
            && (!bounds.TryGetProperty("lte", out var to) || string.CompareOrdinal(day, to.GetString()) <= 0);
    }

    private static double? OneField(JsonElement body, Func<string, JsonElement, double?> score)
    {
        var field = body.EnumerateObject().Single();
        return score(field.Name, field.Value);
    }

    private string Typed(string field, params string[] allowed) =>
        types.TryGetValue(field, out var type) && allowed.Contains(type) ? field : throw new RefusedException($"field [{field}] is of no such type");

    private static IReadOnlyList<string> Values(JsonElement document, string field) =>
        !document.TryGetProperty(field, out var value) ? [] : value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray().Select(Text)] : [Text(value)];

    private static string Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        JsonValueKind.String => value.GetString()!,
        _ => throw new RefusedException("a value of no known type"),
    };
}
