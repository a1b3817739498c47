using System.Text.Json;
using System.Text.Json.Serialization;

namespace Evenkeel.Bench;

/// <summary>How reports are written.</summary>
internal static class BenchJson
{
    public static JsonSerializerOptions Options { get; } = new() { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) } };
}
