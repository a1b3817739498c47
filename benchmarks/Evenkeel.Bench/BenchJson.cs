using System.Text.Json;

namespace Evenkeel.Bench;

/// <summary>How reports are written.</summary>
internal static class BenchJson
{
    public static JsonSerializerOptions Options { get; } = new() { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };
}
