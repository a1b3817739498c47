using System.Text.Json;
using System.Text.Json.Serialization;

namespace Evenkeel.Search.Catalogue.Elasticsearch;

/// <summary>How requests are written: names as they are given, what is null left out.</summary>
internal static class ElasticsearchJson
{
    public static JsonSerializerOptions Options { get; } =
        new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };
}

/// <summary>A clause of the query language: one member, such as <c>term</c>.</summary>
internal static class Clause
{
    public static object Term(string field, object value) => One("term", One(field, value));

    public static object Terms(string field, IEnumerable<string> values) => One("terms", One(field, values));

    public static object Exists(string field) => One("exists", One("field", field));

    public static object Range(string field, string bound, DateOnly day) => One("range", One(field, One(bound, day)));

    /// <summary>The best of the fields counts, each by its weight.</summary>
    public static object MultiMatch(IReadOnlyList<string> forms) => One("multi_match", new MultiMatchBody(string.Join(' ', forms), ["title^6", "place^3", "description"], "best_fields"));

    public static object AnyOf(params IReadOnlyList<object> clauses) => One("bool", new BoolBody { Should = clauses, MinimumShouldMatch = 1 });

    public static object Constant(object filter, double boost) => One("constant_score", new ConstantBody(filter, boost));

    public static Dictionary<string, object> One(string name, object value) => new(StringComparer.Ordinal) { [name] = value };

    private sealed record MultiMatchBody(string Query, string[] Fields, string Type);

    private sealed record ConstantBody(object Filter, double Boost);
}

/// <summary>The body of <c>bool</c>.</summary>
internal sealed record BoolBody
{
    public IReadOnlyList<object>? Must { get; init; }
    public IReadOnlyList<object>? Filter { get; init; }
    public IReadOnlyList<object>? Should { get; init; }
    public int? MinimumShouldMatch { get; init; }
}
