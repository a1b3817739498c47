using System.Text.Json;
using System.Text.Json.Nodes;

namespace Evenkeel.Tests.BadInput;

/// <summary>One endpoint as the published OpenAPI document describes it.</summary>
public sealed record Operation(HttpMethod Method, string Template)
{
    /// <summary>The only endpoints that answer without a token. A new one has to be added here by hand.</summary>
    private static readonly HashSet<string> Public =
    [
        "GET /health/live", "GET /health/ready", "GET /.well-known/jwks.json", "GET /api/v1/chat/ping",
        "POST /auth/register", "POST /auth/login", "POST /auth/refresh", "POST /api/v1/token/refresh",
    ];

    /// <summary>A body that is right, by schema. A new kind of body has to be added here.</summary>
    private static readonly Dictionary<string, string> Bodies = new(StringComparer.Ordinal)
    {
        ["SendMessageRequest"] = """{"message":"hello"}""",
        ["StopTurnRequest"] = "{}",
        ["RegisterRequest"] = """{"email":"new@example.com","password":"correct horse battery"}""",
        ["LoginRequest"] = """{"email":"nobody@example.com","password":"correct horse battery"}""",
        ["RefreshRequest"] = """{"refresh_token":"unknown"}""",
        ["ChatbotRequest"] = """{"name":"Changed"}""",
        ["ChatbotSettingsRequest"] = """{"persona":"Changed"}""",
        ["ChangeSourceRequest"] = """{"name":"Changed"}""",
        ["CreateSourceRequest"] = """{"name":"Changed"}""",
        ["PasteDocumentRequest"] = """{"title":"Changed","text":"Changed."}""",
        ["EventWebhookRequest"] = """{"url":"https://changed.example/"}""",
        ["ReplayRequest"] = """{"session_id":"01980000-0000-7000-8000-000000000001"}""",
        ["EventTypeRequest"] = """{"event_type":"changed.type","english":"Changed","schema":{"type":"object"}}""",
        ["RecordEventRequest"] = """{"event_type":"changed.type","event_data":{}}""",
        ["CreateApiKeyRequest"] = """{"name":"Changed","scopes":["events:read"]}""",
        ["GrantCreditsRequest"] = """{"amount":5,"note":"Changed"}""",
        ["ChangeCreditPlanRequest"] = """{"plan":"unlimited"}""",
        ["TryQuestionRequest"] = """{"question":"What is it?"}""",
        ["SaveEventRequest"] = """{"title":"Changed","starts":"2026-03-14"}""",
        ["SaveLocationRequest"] = """{"name":"Changed","kind":"city"}""",
        ["MergeLocationsRequest"] = """{"location_ids":["01980000-0000-7000-8000-000000000001"]}""",
        ["SearchRequest"] = """{"query":"jazz","limit":5}""",
        ["BulkRequest"] = """{"action":"pin","filter":{"status":["failed"]},"dry_run":true}""",
        ["AlertRuleRequest"] = """{"name":"Changed","metric":"turns","value":"sum","warning":5}""",
        ["AlertPreviewRequest"] = """{"rule":{"metric":"turns","value":"sum","warning":5},"hours":1}""",
        ["AlertSilenceRequest"] = """{"reason":"Changed","ends_at":"2097-01-01T00:00:00Z","starts_at":"2096-12-31T00:00:00Z"}""",
        ["AlertReceiverRequest"] = """{"name":"Changed","kind":"log"}""",
        ["UpdateThreadRequest"] = """{"title":"Changed"}""",
        ["FeedbackRequest"] = """{"value":"down","comment":"Changed"}""",
    };

    public string Name => $"{Method} {Template}";

    public bool NeedsToken => !Public.Contains(Name);

    /// <summary>Name of the JSON body's schema; null when there is no body.</summary>
    public string? Schema { get; private init; }

    /// <summary>The members of the JSON body that are text.</summary>
    public IReadOnlyList<string> TextMembers { get; private init; } = [];

    public bool RefusesUnknownMembers { get; private init; }

    public bool IsBodyOptional { get; private init; }

    public IReadOnlyList<string> QueryNames { get; private init; } = [];

    public string RightBody => Bodies[Schema!];

    public bool TakesIds => Template.Contains('{', StringComparison.Ordinal);

    public static IReadOnlyList<Operation> ReadAll(JsonNode document) =>
    [
        .. from path in document["paths"]!.AsObject()
           from operation in path.Value!.AsObject()
           where operation.Key != "parameters"
           select Read(new HttpMethod(operation.Key.ToUpperInvariant()), path.Key, operation.Value!, document),
    ];

    private static Operation Read(HttpMethod method, string template, JsonNode operation, JsonNode document)
    {
        var schema = operation["requestBody"]?["content"]?["application/json"]?["schema"];
        var reference = (schema?["$ref"] ?? schema?["oneOf"]?.AsArray().Select(one => one!["$ref"]).FirstOrDefault(one => one is not null))?.GetValue<string>();
        var name = reference?.Split('/')[^1];
        var body = name is null ? null : document["components"]!["schemas"]![name]!;
        return new Operation(method, template)
        {
            Schema = name,
            TextMembers = [.. (body?["properties"]?.AsObject() ?? []).Where(member => IsText(member.Value!)).Select(member => member.Key)],
            RefusesUnknownMembers = body?["additionalProperties"]?.GetValueKind() == JsonValueKind.False,
            IsBodyOptional = schema?["oneOf"] is not null,
            QueryNames = [.. (operation["parameters"]?.AsArray() ?? []).Where(one => (string)one!["in"]! == "query").Select(one => (string)one!["name"]!)],
        };
    }

    private static bool IsText(JsonNode member) => member["type"] is { } type && type.ToJsonString().Contains("\"string\"", StringComparison.Ordinal);
}
