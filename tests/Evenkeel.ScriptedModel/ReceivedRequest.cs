using System.Text;
using System.Text.Json;

namespace Evenkeel.ScriptedModel;

/// <summary>One request as it arrived, for asserting what was asked.</summary>
public sealed class ReceivedRequest
{
    private readonly TaskCompletionSource<bool> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly byte[] _body;

    private ReceivedRequest(byte[] body) => _body = body;

    public required string Path { get; init; }

    public required IReadOnlyDictionary<string, string> Headers { get; init; }

    public string Model { get; private set; } = "";

    public string LastUserMessage { get; private set; } = "";

    public bool Stream { get; private set; }

    /// <summary>Whether tools are offered.</summary>
    public bool HasTools { get; private set; }

    internal bool IncludeUsage { get; private set; }

    public string Body => Encoding.UTF8.GetString(_body);

    /// <summary>True when the answer was sent to its end, false when the client left or the server broke it off.</summary>
    public Task<bool> Ended => _ended.Task;

    internal void End(bool sentToItsEnd) => _ended.TrySetResult(sentToItsEnd);

    internal JsonDocument Parse() => JsonDocument.Parse(_body);

    internal static ReceivedRequest Read(string path, byte[] body, IReadOnlyDictionary<string, string> headers)
    {
        var request = new ReceivedRequest(body) { Path = path, Headers = headers };
        if (body.Length > 0)
            request.ReadBody();
        return request;
    }

    private void ReadBody()
    {
        using var document = Parse();
        var root = document.RootElement;
        Model = root.TryGetProperty("model", out var model) ? model.GetString() ?? "" : "";
        Stream = root.TryGetProperty("stream", out var stream) && stream.ValueKind == JsonValueKind.True;
        IncludeUsage = root.TryGetProperty("stream_options", out var options)
            && options.TryGetProperty("include_usage", out var usage) && usage.ValueKind == JsonValueKind.True;
        HasTools = root.TryGetProperty("tools", out var tools) && tools.GetArrayLength() > 0;
        if (root.TryGetProperty("messages", out var messages))
            LastUserMessage = FindLastUserMessage(messages);
    }

    private static string FindLastUserMessage(JsonElement messages)
    {
        for (var index = messages.GetArrayLength() - 1; index >= 0; index--)
        {
            var message = messages[index];
            if (message.GetProperty("role").ValueEquals("user") && !IsToolResult(message.GetProperty("content")))
                return AfterMaterial(ReadContent(message.GetProperty("content")));
        }
        return "";
    }

    /// <summary>What the person asked: it stands after the passages, whose words are not to match a script.</summary>
    private static string AfterMaterial(string text)
    {
        var end = text.LastIndexOf("</documents-", StringComparison.Ordinal);
        return end < 0 || text.IndexOf('>', end) is not (var mark and >= 0) ? text : text[(mark + 1)..].TrimStart();
    }

    /// <summary>Anthropic's results of tools are messages of the user.</summary>
    private static bool IsToolResult(JsonElement content) =>
        content.ValueKind == JsonValueKind.Array
        && content.EnumerateArray().Any(part => part.TryGetProperty("type", out var type) && type.ValueEquals("tool_result"));

    /// <summary>Content is a string, or parts with a text each.</summary>
    private static string ReadContent(JsonElement content) =>
        content.ValueKind == JsonValueKind.String
            ? content.GetString()!
            : string.Concat(content.EnumerateArray().Select(part => part.TryGetProperty("text", out var text) ? text.GetString() : ""));
}

/// <summary>What GET /control/count answers.</summary>
internal sealed record RequestCount(long Requests);

/// <summary>What GET /control/requests lists.</summary>
internal sealed record RequestSummary(string Path, string Model, string LastUserMessage, bool Stream, string Body);
