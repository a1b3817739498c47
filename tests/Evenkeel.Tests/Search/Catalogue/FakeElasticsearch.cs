using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Evenkeel.Tests.Search.Catalogue;

/// <summary>A request is not as Elasticsearch and OpenSearch publish it.</summary>
internal sealed class RefusedException(string reason, int status = 400) : Exception(reason)
{
    public int Status { get; } = status;
}

/// <summary>
/// Speaks the part of the REST interface that is used, over real HTTP, and refuses everything that the published shapes do not have: unknown members, wrong
/// types, wrong content types, unknown fields. What it takes it does, in memory.
/// </summary>
internal sealed class FakeElasticsearch : IAsyncDisposable
{
    private readonly WebApplication _application;
    private readonly Lock _lock = new();
    private readonly Dictionary<string, FakeIndex> _indexes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, HashSet<string>> _aliases = new(StringComparer.Ordinal);

    private FakeElasticsearch()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _application = builder.Build();
        _application.Run(HandleAsync);
    }

    public string Url => _application.Urls.First();

    /// <summary>What was refused: empty where every request was right.</summary>
    public ConcurrentQueue<string> Refusals { get; } = new();

    /// <summary>Answers 503 to everything.</summary>
    public bool IsDown { get; set; }

    public int Requests { get; private set; }

    public IReadOnlyCollection<string> Indexes => _indexes.Keys;

    public static async Task<FakeElasticsearch> StartAsync()
    {
        var fake = new FakeElasticsearch();
        await fake._application.StartAsync();
        return fake;
    }

    public ValueTask DisposeAsync() => _application.DisposeAsync();

    private async Task HandleAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        var body = await reader.ReadToEndAsync();
        JsonNode? answer;
        lock (_lock)
        {
            Requests++;
            try
            {
                answer = IsDown ? throw new RefusedException("down", 503) : Answer(context.Request, body);
            }
            catch (Exception exception) when (exception is RefusedException or JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
            {
                context.Response.StatusCode = exception is RefusedException refused ? refused.Status : 400;
                answer = new JsonObject { ["error"] = new JsonObject { ["reason"] = exception.Message }, ["status"] = context.Response.StatusCode };
                if (context.Response.StatusCode == 400)
                {
                    Refusals.Enqueue($"{context.Request.Method} {context.Request.Path}: {exception.Message}");
                }
            }
        }

        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(answer.ToJsonString());
    }

    private JsonNode Answer(HttpRequest request, string body)
    {
        var type = request.ContentType ?? "";
        var parts = request.Path.Value!.Split('/', StringSplitOptions.RemoveEmptyEntries);
        var wanted = parts[^1] == "_bulk" ? "application/x-ndjson" : "application/json";
        if (body.Length > 0 ? type != wanted : type.Length > 0)
        {
            throw new RefusedException($"Content-Type header [{type}] is not supported");
        }

        return (request.Method, parts) switch
        {
            ("GET", ["_cluster", "health"]) => new JsonObject { ["cluster_name"] = "fake", ["status"] = "green" },
            ("GET", ["_alias", var alias]) => Holders(alias),
            ("POST", ["_aliases"]) => ChangeAliases(Parse(body)),
            ("POST", [var index, "_refresh"]) => Acknowledged(() => Index(index).Refresh()),
            ("POST", [var index, "_bulk"]) => Index(index, isExact: true).Bulk(body, Query(request, "refresh") == "true"),
            ("POST", [var index, "_search"]) => Index(index).Search(Parse(body)),
            ("PUT", [var index]) => Create(index, Parse(body)),
            ("DELETE", [var index]) => Acknowledged(() => Delete(index)),
            _ => throw new RefusedException($"no handler found for {request.Method} {request.Path}"),
        };
    }

    private static string? Query(HttpRequest request, string name)
    {
        if (request.Query.Keys.FirstOrDefault(key => key != name) is { } unknown)
        {
            throw new RefusedException($"unrecognized parameter: [{unknown}]");
        }

        return request.Query[name];
    }

    private static JsonElement Parse(string body) => JsonDocument.Parse(body).RootElement;

    private static JsonObject Acknowledged(Action act)
    {
        act();
        return new JsonObject { ["acknowledged"] = true };
    }

    private FakeIndex Index(string name, bool isExact = false)
    {
        if (!isExact && _aliases.TryGetValue(name, out var holders))
        {
            name = holders.Single();
        }

        return _indexes.TryGetValue(name, out var index) ? index : throw new RefusedException($"no such index [{name}]", 404);
    }

    private JsonObject Create(string name, JsonElement body)
    {
        if (name.Any(char.IsUpper) || _indexes.ContainsKey(name) || _aliases.ContainsKey(name))
        {
            throw new RefusedException($"invalid index name or resource_already_exists [{name}]");
        }

        _indexes[name] = new FakeIndex(body);
        return new JsonObject { ["acknowledged"] = true, ["shards_acknowledged"] = true, ["index"] = name };
    }

    private void Delete(string name)
    {
        if (!_indexes.Remove(name))
        {
            throw new RefusedException($"no such index [{name}]", 404);
        }

        foreach (var (alias, holders) in _aliases.ToList())
        {
            holders.Remove(name);
            if (holders.Count == 0)
            {
                _aliases.Remove(alias);
            }
        }
    }

    private JsonObject Holders(string alias) => _aliases.TryGetValue(alias, out var holders)
        ? new JsonObject(holders.Select(name => KeyValuePair.Create(name, (JsonNode?)new JsonObject { ["aliases"] = new JsonObject { [alias] = new JsonObject() } })))
        : throw new RefusedException($"alias [{alias}] missing", 404);

    private JsonObject ChangeAliases(JsonElement body)
    {
        FakeQuery.Only(body, "actions");
        foreach (var action in body.GetProperty("actions").EnumerateArray())
        {
            FakeQuery.Only(action, "add", "remove");
            var (kind, target) = action.EnumerateObject().Select(member => (member.Name, member.Value)).Single();
            FakeQuery.Only(target, "index", "alias");
            var (index, alias) = (target.GetProperty("index").GetString()!, target.GetProperty("alias").GetString()!);
            Index(index, isExact: true);
            if (kind == "add")
            {
                (_aliases.TryGetValue(alias, out var holders) ? holders : _aliases[alias] = new HashSet<string>(StringComparer.Ordinal)).Add(index);
            }
            else if (!_aliases[alias].Remove(index))
            {
                throw new RefusedException($"aliases [{alias}] missing", 404);
            }
        }

        return new JsonObject { ["acknowledged"] = true };
    }
}
