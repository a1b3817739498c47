using System.Text.Json;
using Evenkeel.Models;

namespace Evenkeel.Chat.Agents;

/// <summary>The tool by which a model searches the documents in its own words.</summary>
internal static class SearchTool
{
    public const string Name = "search_documents";

    /// <summary>A query is a few words; what goes on is cut.</summary>
    private const int LongestQuery = 300;

    /// <summary>As models are told of it.</summary>
    public static ChatTool Definition { get; } = new(
        Name, "Searches the documents of this chatbot and returns passages with numbers to cite. Use it when the passages given do not answer.", Parameters);

    /// <summary>Of this tool and of <see cref="EventTool"/>.</summary>
    public const string Parameters =
        """{"type":"object","properties":{"query":{"type":"string","description":"A few words or a short question."}},"required":["query"],"additionalProperties":false}""";

    /// <summary>The query of a call, or null when it has none.</summary>
    public static string? QueryOf(ChatToolCall call)
    {
        using var arguments = JsonDocument.Parse(call.Arguments);
        var query = arguments.RootElement.TryGetProperty("query", out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()!.Trim() : "";
        return query.Length == 0 ? null : query.Length <= LongestQuery ? query : query[..LongestQuery];
    }

    /// <summary>Queries that differ only in case and spaces find the same.</summary>
    public static string KeyOf(string query) => string.Join(' ', query.ToLowerInvariant().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
