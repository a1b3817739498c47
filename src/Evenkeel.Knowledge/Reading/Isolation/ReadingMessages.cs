using System.Text.Json.Serialization;

namespace Evenkeel.Knowledge.Reading.Isolation;

/// <summary>The one line that the server writes to a reading process.</summary>
internal sealed record ReadingRequest(DocumentFile File, ReadingLimits Limits);

/// <summary>The one document that a reading process writes back: what was read, or why nothing was.</summary>
internal sealed record ReadingAnswer
{
    public ReadDocument? Document { get; init; }

    /// <summary>One of <see cref="KnowledgeReasons"/>.</summary>
    public string? ReasonCode { get; init; }
}

/// <summary>Generated, because a process that lives for a second should not spend a part of it on reflection.</summary>
[JsonSerializable(typeof(ReadingRequest))]
[JsonSerializable(typeof(ReadingAnswer))]
[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
internal sealed partial class ReadingJson : JsonSerializerContext;
