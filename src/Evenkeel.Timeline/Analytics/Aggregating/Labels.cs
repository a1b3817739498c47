using System.Text.Json;
using System.Text.Json.Nodes;

namespace Evenkeel.Timeline.Analytics.Aggregating;

/// <summary>Names and values of a measurement's labels; those without a value are left out.</summary>
internal readonly struct Labels
{
    // A value is a code, an id or the name of a model. What is longer is somebody's mistake, and must not fill the key of the table.
    internal const int LongestValue = 100;
    private readonly string _json;

    public Labels(params ReadOnlySpan<(string Name, string? Value)> labels)
    {
        var members = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in labels)
        {
            if (!string.IsNullOrEmpty(value))
            {
                members[name] = value.Length <= LongestValue ? value : value[..LongestValue];
            }
        }

        _json = members.Count == 0 ? "{}" : JsonSerializer.Serialize(members);
    }

    /// <summary>The same labels, each with the value <c>other</c>.</summary>
    public static string AllOther(string json) =>
        new JsonObject([.. JsonNode.Parse(json)!.AsObject().Select(label => KeyValuePair.Create(label.Key, (JsonNode?)MetricLabel.Other))]).ToJsonString();

    public override string ToString() => _json ?? "{}";
}
