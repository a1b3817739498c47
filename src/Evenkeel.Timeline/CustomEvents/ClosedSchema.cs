using System.Text.Json.Nodes;
using Evenkeel.Platform.Errors;
using Json.Schema;

namespace Evenkeel.Timeline.CustomEvents;

/// <summary>
/// Schemas of custom events: a part of JSON Schema 2020-12 that can be closed, so that what a schema does not name is refused at every depth. References,
/// combinations and patterns are not taken: the first two leave open what is named, the last lets a schema cost any time.
/// </summary>
internal static class ClosedSchema
{
    private const int MostCharacters = 16_384;
    private const int MostDepth = 10;
    private const string Draft = "https://json-schema.org/draft/2020-12/schema";

    private static readonly HashSet<string> Keywords = new(StringComparer.Ordinal)
    {
        "$schema", "$comment", "title", "description", "default", "examples", "deprecated", "type", "enum", "const", "format",
        "properties", "required", "additionalProperties", "minProperties", "maxProperties", "items", "minItems", "maxItems", "uniqueItems",
        "minLength", "maxLength", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf",
    };

    /// <summary>The schema with every object closed; null, with problems, where it is none that can be.</summary>
    public static JsonSchema? Read(List<FieldProblem> problems, string text)
    {
        if (text.Length > MostCharacters)
        {
            problems.Add(FieldProblem.TooLong("schema", MostCharacters));
            return null;
        }

        if (JsonNode.Parse(text) is not JsonObject root || (string?)(root["type"] as JsonValue)?.ToString() != "object")
        {
            problems.Add(new FieldProblem("schema", "A JSON schema of the type \"object\".", "须为 type 为 \"object\" 的 JSON schema。"));
            return null;
        }

        var before = problems.Count;
        Close(problems, root, "schema", MostDepth);
        return problems.Count > before ? null : Build(problems, root);
    }

    private static JsonSchema? Build(List<FieldProblem> problems, JsonObject root)
    {
        try
        {
            var schema = JsonSchema.FromText(root.ToJsonString());
            // Keywords with values of the wrong form show only when they are used.
            schema.Evaluate(new JsonObject());
            return schema;
        }
        catch (Exception exception) when (exception is System.Text.Json.JsonException or ArgumentException or InvalidOperationException or FormatException or JsonSchemaException)
        {
            problems.Add(new FieldProblem("schema", "This is not a JSON schema.", "不是有效的 JSON schema。"));
            return null;
        }
    }

    private static void Close(List<FieldProblem> problems, JsonObject schema, string path, int depth)
    {
        if (depth == 0)
        {
            problems.Add(new FieldProblem("schema", $"At most {MostDepth} levels.", $"最多 {MostDepth} 层。"));
            return;
        }

        foreach (var (keyword, value) in schema.ToArray())
        {
            if (!Keywords.Contains(keyword) || (keyword == "$schema" && value?.ToString().TrimEnd('#') != Draft))
            {
                problems.Add(new FieldProblem(path, "A keyword that is not taken, or another draft than 2020-12.", "含有不支持的关键字，或不是 2020-12 草案。"));
                return;
            }
        }

        if (schema["additionalProperties"] is { } additional && !(additional is JsonValue flag && flag.TryGetValue<bool>(out var isOpen) && !isOpen))
        {
            problems.Add(new FieldProblem($"{path}.additionalProperties", "Only false: what a schema does not name is refused.", "只能为 false：未声明的字段一律拒绝。"));
            return;
        }

        schema["additionalProperties"] = false;
        CloseBelow(problems, schema, path, depth);
    }

    private static void CloseBelow(List<FieldProblem> problems, JsonObject schema, string path, int depth)
    {
        if (schema["items"] is { } items)
        {
            CloseOne(problems, items, $"{path}.items", depth);
        }

        if (schema["properties"] is not { } named)
        {
            return;
        }

        if (named is not JsonObject properties)
        {
            problems.Add(new FieldProblem($"{path}.properties", "An object.", "须为对象。"));
            return;
        }

        foreach (var (_, property) in properties)
        {
            CloseOne(problems, property, $"{path}.properties", depth);
        }
    }

    private static void CloseOne(List<FieldProblem> problems, JsonNode? node, string path, int depth)
    {
        if (node is JsonObject schema)
        {
            Close(problems, schema, path, depth - 1);
        }
        else
        {
            // true would let anything pass.
            problems.Add(new FieldProblem(path, "A schema is an object here.", "此处的 schema 须为对象。"));
        }
    }
}
