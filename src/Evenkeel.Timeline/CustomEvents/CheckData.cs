using System.Text.Json;
using System.Text.Json.Nodes;
using Evenkeel.Platform.Errors;
using Json.Schema;

namespace Evenkeel.Timeline.CustomEvents;

/// <summary>Holds an event's data against its type's schema, and says which field is wrong, never its value.</summary>
internal static class CheckData
{
    private const int MostProblems = 20;

    private static readonly EvaluationOptions Options = new() { OutputFormat = OutputFormat.List };

    private static readonly Dictionary<string, (string English, string Chinese)> Texts = new(StringComparer.Ordinal)
    {
        ["type"] = ("The value has another type than the schema says.", "值的类型与 schema 不符。"),
        ["required"] = ("A required field is missing.", "缺少必填字段。"),
        ["enum"] = ("The value is none of those the schema names.", "值不在 schema 列出的范围内。"),
        ["const"] = ("The value is not the one the schema names.", "值不是 schema 指定的值。"),
        [""] = ("The schema does not name this field.", "schema 未声明该字段。"),
    };

    /// <summary>Adds what is wrong.</summary>
    /// <param name="problems">Where to.</param>
    /// <param name="field">Name of the data's field.</param>
    /// <param name="schema">What it must be like.</param>
    /// <param name="data">The data; absent = an empty object.</param>
    public static void Run(List<FieldProblem> problems, string field, JsonSchema schema, JsonElement? data)
    {
        var node = data is { } given ? JsonObject.Create(given) : [];
        var result = schema.Evaluate(node, Options);
        if (result.IsValid)
        {
            return;
        }

        var found = (result.Details ?? []).Append(result)
            .Where(detail => detail.Errors is { Count: > 0 })
            .SelectMany(detail => detail.Errors!.Keys, (detail, keyword) => Describe(field, detail.InstanceLocation.ToString(), keyword))
            .Distinct().Take(MostProblems).ToList();
        problems.AddRange(found.Count > 0 ? found : [Describe(field, "", "schema")]);
    }

    private static FieldProblem Describe(string field, string pointer, string keyword)
    {
        var (english, chinese) = Texts.GetValueOrDefault(keyword, ($"The value breaks the schema's rule {keyword}.", $"值不符合 schema 的规则 {keyword}。"));
        return new FieldProblem($"{field}{PathOf(pointer)}", english, chinese);
    }

    // What a client made up is not said back; what a schema could name is.
    private static string PathOf(string pointer)
    {
        var path = string.Concat(pointer.Split('/', StringSplitOptions.RemoveEmptyEntries).Select(part => int.TryParse(part, out _) ? $"[{part}]" : $".{part}"));
        return path.Length <= 100 && path.All(character => char.IsAsciiLetterOrDigit(character) || character is '_' or '.' or '[' or ']') ? path : "";
    }
}
