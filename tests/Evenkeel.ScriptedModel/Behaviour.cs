using System.Text.Json;
using System.Text.Json.Serialization;

namespace Evenkeel.ScriptedModel;

public enum BehaviourKind
{
    /// <summary>Answers at once.</summary>
    Answer,

    /// <summary>Answers with delay_ms between tokens.</summary>
    Delay,

    /// <summary>Waits first_delay_ms, then answers.</summary>
    SlowFirstToken,

    /// <summary>Refuses with 429 and Retry-After.</summary>
    RateLimit,

    /// <summary>Fails with a status, 500 unless given.</summary>
    ServerError,

    /// <summary>Says nothing more after after_tokens (0: not even headers) until the client leaves.</summary>
    Hang,

    /// <summary>Breaks the connection after after_tokens.</summary>
    Cut,

    /// <summary>Sends broken JSON after after_tokens.</summary>
    Garbage,

    /// <summary>Ends properly without any text.</summary>
    Empty,

    /// <summary>Stops after after_tokens until released.</summary>
    Gated,
}

/// <summary>How one request, or the next <see cref="Times"/> requests, are answered.</summary>
public sealed record Behaviour
{
    public BehaviourKind Kind { get; init; }

    public int? Tokens { get; init; }

    /// <summary>The answer, instead of counted words; of a refusal, its body.</summary>
    public string? Text { get; init; }

    /// <summary>Makes the answer from the request, for models that do what the person asks of them; instead of <see cref="Text"/>.</summary>
    [JsonIgnore]
    public Func<ReceivedRequest, string>? Compose { get; init; }

    public int DelayMs { get; init; }

    public int FirstDelayMs { get; init; }

    public int? Status { get; init; }

    /// <summary>Seconds, sent as Retry-After.</summary>
    public int? RetryAfterS { get; init; }

    /// <summary>The same as a date.</summary>
    public DateTimeOffset? RetryAfterAt { get; init; }

    public int AfterTokens { get; init; }

    /// <summary>
    /// What it answers: "embeddings" or "rerank"; null = chat and moderations. So a script for any question does not answer the search of the same turn.
    /// For these two, <see cref="Text"/> is the whole body, whatever shape it has, and the match is looked for in the texts.
    /// </summary>
    public string? Endpoint { get; init; }

    /// <summary>What a chat model asks for after its text, if it has any.</summary>
    public IReadOnlyList<ScriptedToolCall>? ToolCalls { get; init; }

    /// <summary>Applies to requests that offer tools only: a server that refuses them refuses nothing else.</summary>
    public bool OnlyWithTools { get; init; }

    /// <summary>Length of the vectors, whatever was asked for.</summary>
    public int? Dimensions { get; init; }

    /// <summary>How many requests it applies to; null is for ever.</summary>
    public int? Times { get; init; }

    /// <summary>The gate of <see cref="BehaviourKind.Gated"/>; shared by every request that meets it.</summary>
    [JsonIgnore]
    public Gate Gate { get; } = new();
}

/// <summary>A tool call as a model makes it.</summary>
/// <param name="Name">Which tool.</param>
/// <param name="Arguments">JSON, or what a bad model takes for it. Sent in two pieces.</param>
public sealed record ScriptedToolCall(string Name, string Arguments);

/// <summary>A behaviour for requests whose last user message or model name contains <see cref="Match"/> ("" is any).</summary>
public sealed record ScriptEntry
{
    public string Match { get; init; } = "";

    public required Behaviour Behaviour { get; init; }
}

internal static class ScriptJson
{
    /// <summary>Unknown fields are refused: a misspelt script would otherwise pass as the default answer.</summary>
    public static JsonSerializerOptions Options { get; } = new(JsonSerializerDefaults.Web)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false) },
    };
}
