using System.Text.Json;
using System.Text.Json.Nodes;

namespace Evenkeel.Tests.Search.Catalogue;

/// <summary>An index of <see cref="FakeElasticsearch"/>: documents are seen after a refresh.</summary>
internal sealed class FakeIndex
{
    private static readonly Dictionary<string, string[]> Members = new(StringComparer.Ordinal)
    {
        ["keyword"] = ["type"], ["boolean"] = ["type"], ["text"] = ["type", "analyzer"], ["date"] = ["type", "format"],
    };

    private readonly Dictionary<string, JsonElement> _written = new(StringComparer.Ordinal);
    private Dictionary<string, JsonElement> _seen = new(StringComparer.Ordinal);

    public FakeIndex(JsonElement body)
    {
        FakeQuery.Only(body, "settings", "mappings", "aliases");
        FakeQuery.Only(body.GetProperty("settings"), "index");
        FakeQuery.Only(body.GetProperty("settings").GetProperty("index"), "number_of_shards", "number_of_replicas");
        body.GetProperty("settings").GetProperty("index").GetProperty("number_of_shards").GetInt32();
        var mappings = body.GetProperty("mappings");
        FakeQuery.Only(mappings, "dynamic", "properties", "_meta");
        foreach (var field in mappings.GetProperty("properties").EnumerateObject())
        {
            var type = field.Value.GetProperty("type").GetString()!;
            FakeQuery.Only(field.Value, Members[type]);
            if (type == "text" && field.Value.GetProperty("analyzer").GetString() != "whitespace")
            {
                throw new RefusedException("analyzer has not been configured in mappings");
            }

            Types[field.Name] = type;
        }
    }

    public Dictionary<string, string> Types { get; } = new(StringComparer.Ordinal);

    public void Refresh() => _seen = new Dictionary<string, JsonElement>(_written, StringComparer.Ordinal);

    public JsonObject Bulk(string body, bool refreshes)
    {
        if (!body.EndsWith('\n'))
        {
            throw new RefusedException("The bulk request must be terminated by a newline [\\n]");
        }

        var items = new JsonArray();
        var lines = new Queue<string>(body[..^1].Split('\n'));
        while (lines.TryDequeue(out var line))
        {
            var action = JsonDocument.Parse(line).RootElement;
            FakeQuery.Only(action, "index", "delete", "create", "update");
            var (kind, target) = action.EnumerateObject().Select(member => (member.Name, member.Value)).Single();
            FakeQuery.Only(target, "_id", "_index", "routing");
            var id = target.GetProperty("_id").GetString()!;
            var status = kind == "delete" ? _written.Remove(id) ? 200 : 404 : Put(id, JsonDocument.Parse(lines.Dequeue()).RootElement);
            items.Add(new JsonObject { [kind] = new JsonObject { ["_id"] = id, ["status"] = status } });
        }

        if (refreshes)
        {
            Refresh();
        }

        // A document to delete that is not there is no error.
        return new JsonObject { ["took"] = 1, ["errors"] = items.Any(item => item!["index"]?["status"]!.GetValue<int>() >= 400), ["items"] = items };
    }

    public JsonObject Search(JsonElement body)
    {
        FakeQuery.Only(body, "query", "size", "_source", "track_total_hits", "track_scores", "sort", "aggs");
        if (body.GetProperty("size").GetInt32() > 10_000)
        {
            throw new RefusedException("Result window is too large");
        }

        var query = new FakeQuery(Types, _seen.Values);
        var hits = _seen.Select(pair => (Id: pair.Key, Document: pair.Value, Score: query.Score(body.GetProperty("query"), pair.Value)))
            .Where(hit => hit.Score is not null).ToList();
        var sorts = body.GetProperty("sort").EnumerateArray().Select(sort => sort.EnumerateObject().Single()).Select(sort => (sort.Name, Order: sort.Value.GetString())).ToList();
        if (!sorts.SequenceEqual([("_score", "desc"), ("starts_on", "asc"), ("event_id", "asc")]))
        {
            throw new RefusedException("this stand-in sorts events only");
        }

        var ordered = hits.OrderByDescending(hit => hit.Score).ThenBy(hit => hit.Document.GetProperty("starts_on").GetString(), StringComparer.Ordinal).ThenBy(hit => hit.Id, StringComparer.Ordinal);
        var answer = new JsonObject
        {
            ["took"] = 1,
            ["timed_out"] = false,
            ["hits"] = new JsonObject
            {
                ["total"] = new JsonObject { ["value"] = hits.Count, ["relation"] = body.GetProperty("track_total_hits").GetBoolean() ? "eq" : "gte" },
                ["hits"] = new JsonArray([.. ordered.Take(body.GetProperty("size").GetInt32()).Select(hit => new JsonObject { ["_id"] = hit.Id, ["_score"] = hit.Score })]),
            },
        };
        if (body.TryGetProperty("aggs", out var aggregations))
        {
            answer["aggregations"] = new JsonObject(aggregations.EnumerateObject().Select(aggregation =>
                KeyValuePair.Create(aggregation.Name, (JsonNode?)new JsonObject { ["buckets"] = query.Buckets(aggregation.Value, hits.ConvertAll(hit => hit.Document)) })));
        }

        return answer;
    }

    private int Put(string id, JsonElement document)
    {
        foreach (var member in document.EnumerateObject())
        {
            if (!Types.TryGetValue(member.Name, out var type) || !Fits(type, member.Value))
            {
                throw new RefusedException($"mapping set to strict, dynamic introduction of [{member.Name}] or wrong type");
            }
        }

        _written[id] = document;
        return 201;
    }

    private static bool Fits(string type, JsonElement value) =>
        value.ValueKind == JsonValueKind.Array ? value.EnumerateArray().All(item => Fits(type, item))
        : type == "boolean" ? value.ValueKind is JsonValueKind.True or JsonValueKind.False
        : value.ValueKind == JsonValueKind.String && (type != "date" || DateOnly.TryParseExact(value.GetString(), "yyyy-MM-dd", out _));
}
