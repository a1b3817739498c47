using System.Text.Json.Serialization;
using Evenkeel.Contracts.Catalogue;

namespace Evenkeel.Contracts.Chats;

/// <summary>States of a message.</summary>
public static class MessageStatus
{
    /// <summary>Final and whole.</summary>
    public const string Complete = "complete";

    /// <summary>The person stopped the answer; the text is what had been written.</summary>
    public const string Stopped = "stopped";

    /// <summary>The turn ended without an answer; <see cref="MessageMeta.Error"/> says why.</summary>
    public const string Failed = "failed";
}

/// <summary>States of a turn. The last three are terminal.</summary>
public static class TurnStatus
{
    public const string Queued = "queued";
    public const string Running = "running";
    public const string Succeeded = "succeeded";
    public const string Failed = "failed";
    public const string Cancelled = "cancelled";
}

/// <summary>Body of <c>POST /api/v1/chat</c>. An unknown field is refused: a misspelt <c>thread_id</c> must not open a new thread.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record SendMessageRequest
{
    /// <summary>1 to 32,000 characters.</summary>
    public string? Message { get; init; }

    /// <summary>Absent = a new thread.</summary>
    public Guid? ThreadId { get; init; }

    /// <summary>For a new thread; absent = the organization's first chatbot.</summary>
    public Guid? ChatbotId { get; init; }

    /// <summary>Up to 100 characters. The same id never makes a second message.</summary>
    public string? ClientMessageId { get; init; }

    /// <summary>Of <c>POST /api/v1/search</c>: only the events it found are looked at, and no documents.</summary>
    public string? SearchHandle { get; init; }

    /// <summary>Only these events are looked at, and no documents; 1 to 1,000. Not together with a search handle.</summary>
    public IReadOnlyList<Guid>? CandidateEventIds { get; init; }

    /// <summary>The person's time zone (IANA) for "tomorrow" and the like; absent = UTC.</summary>
    public string? TimeZone { get; init; }

    /// <summary><c>en</c> or <c>zh</c>; absent = from <c>Accept-Language</c>.</summary>
    public string? Locale { get; init; }
}

/// <summary>Answer of <c>POST /api/v1/chat</c>: the message is stored and its turn is queued.</summary>
public sealed record SendMessageResponse
{
    public required Guid ThreadId { get; init; }
    public required Guid MessageId { get; init; }
    public required Guid TurnId { get; init; }
    public required long Seq { get; init; }
    public required Guid CorrelationId { get; init; }
    public required QueuePlace Queue { get; init; }
    public required string StreamUrl { get; init; }
    public required string SocketUrl { get; init; }
}

/// <summary>Where a turn stands in the queue.</summary>
/// <param name="Position">Turns ahead of it, 0 = next.</param>
/// <param name="EstimatedWaitMs">A guess from recent turns.</param>
public sealed record QueuePlace(int Position, int EstimatedWaitMs);

/// <summary>Body of <c>POST /api/v1/chat/{thread_id}/stop</c>.</summary>
public sealed record StopTurnRequest
{
    /// <summary>Absent = whatever runs or waits in the thread.</summary>
    public Guid? TurnId { get; init; }
}

/// <summary>Answer to a stop.</summary>
/// <param name="TurnId">The turn meant; null when nothing ran.</param>
/// <param name="Status">The turn's status at this moment; <c>running</c> while the stop is under way.</param>
public sealed record StopTurnResponse(Guid? TurnId, string? Status);

/// <summary>A message as lists give it; the same members as its frame.</summary>
public sealed record Message
{
    public required long Seq { get; init; }
    public required Guid Id { get; init; }

    /// <summary><c>user</c> or <c>assistant</c>.</summary>
    public required string Role { get; init; }

    public required string Text { get; init; }

    /// <summary>One of <see cref="MessageStatus"/>.</summary>
    public required string Status { get; init; }

    public required Guid TurnId { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The id the sending client gave; only on user messages.</summary>
    public string? ClientMessageId { get; init; }

    public MessageMeta? Meta { get; init; }
}

/// <summary>Structured facts of a message, stored with it: what the user saw.</summary>
public sealed record MessageMeta
{
    public IReadOnlyList<Citation>? Citations { get; init; }

    /// <summary>The model that wrote the answer.</summary>
    public string? Model { get; init; }

    /// <summary>The model that failed before, where a fallback answered.</summary>
    public string? Fallback { get; init; }

    public RetryMeta? RetryMeta { get; init; }

    /// <summary>The answer this one replaces (regenerate); a view shows only the newest.</summary>
    public Guid? Replaces { get; init; }

    /// <summary>Why the turn failed; only with status <c>failed</c>.</summary>
    public MessageError? Error { get; init; }

    /// <summary>How the supervisor routed the turn: <c>documents</c>, <c>catalogue</c>, <c>documents_and_catalogue</c> or <c>small_talk</c>.</summary>
    public string? Route { get; init; }

    /// <summary>How well the answer rests on what was offered; absent where nothing was looked up.</summary>
    public AnswerQuality? Quality { get; init; }

    /// <summary>What was understood of places and dates; absent where the catalogue was not asked.</summary>
    public UnderstoodQuestion? Understood { get; init; }

    /// <summary>Events recommended, best first, as they were then.</summary>
    public IReadOnlyList<Recommendation>? Recommendations { get; init; }

    /// <summary>Whether the answer helped, as its person last said; absent where they did not.</summary>
    public MessageFeedback? Feedback { get; init; }
}

/// <summary>An event recommended with an answer.</summary>
/// <param name="Event">As it was then.</param>
/// <param name="Reason">Why: <c>place</c>, <c>date</c>, <c>words</c> or <c>category</c>; <c>all</c> where nothing was asked for.</param>
/// <param name="Score">How well it fits, 0 to 1.</param>
/// <param name="Index">The number it is cited by in the answer; absent where the answer does not name it.</param>
public sealed record Recommendation(CatalogueEvent Event, string Reason, double Score, int? Index);

/// <summary>
/// Quality of an answer as it can be told without any model: by its labels and by the words it shares with the passages. A measure of support,
/// not of truth.
/// </summary>
public sealed record AnswerQuality
{
    /// <summary>False when it says that it does not know, or nothing was found to answer from.</summary>
    public required bool Answered { get; init; }

    /// <summary>Share of the sentences that state something which name a passage, 0 to 1; absent where none states anything.</summary>
    public double? CitationCoverage { get; init; }

    /// <summary>Share of the content of these sentences that stands in the passages they name, or else in any that was offered, 0 to 1.</summary>
    public double? Groundedness { get; init; }

    /// <summary>Sentences that name passages which hold little of what they state.</summary>
    public required int UnsupportedCitations { get; init; }

    /// <summary>Labels of passages that were never offered; they stay plain text.</summary>
    public required int InventedLabels { get; init; }

    /// <summary>The sentences that state something, in their order; at most 100.</summary>
    public required IReadOnlyList<SentenceSupport> Sentences { get; init; }
}

/// <summary>What a sentence of an answer rests on.</summary>
/// <param name="Start">Its first UTF-16 unit in the text.</param>
/// <param name="End">Behind its last.</param>
/// <param name="Citations">Numbers of the passages it names, as in <see cref="Citation.Index"/>.</param>
/// <param name="Support">Share of its content that stands in them, or else in any passage offered, 0 to 1.</param>
public sealed record SentenceSupport(int Start, int End, IReadOnlyList<int> Citations, double Support);

/// <summary>Facts about attempts.</summary>
/// <param name="Attempts">Runs of the turn, 1 when nothing went wrong.</param>
/// <param name="ModelCalls">Calls of models made for the answer, of the last run; absent where none was asked.</param>
public sealed record RetryMeta(int Attempts, int? ModelCalls = null);

/// <summary>Why a turn failed, as stored with the thread.</summary>
public sealed record MessageError
{
    public required string ErrorCode { get; init; }
    public required string Error { get; init; }
    public required bool Retryable { get; init; }

    [JsonPropertyName("retry_after_s")]
    public int? RetryAfterSeconds { get; init; }

    public required Guid CorrelationId { get; init; }
}

/// <summary>A passage or an event that an answer rests on.</summary>
public sealed record Citation
{
    /// <summary>The number in the answer: <c>[1]</c>.</summary>
    public required int Index { get; init; }

    /// <summary>With <see cref="DocumentId"/>, of a passage.</summary>
    public Guid? PassageId { get; init; }
    public Guid? DocumentId { get; init; }

    /// <summary>Of an event.</summary>
    public Guid? EventId { get; init; }
    public required string Title { get; init; }
    public required IReadOnlyList<string> HeadingPath { get; init; }

    /// <summary>The beginning of the passage, kept so that old answers stay readable when the document goes.</summary>
    public required string Snippet { get; init; }
}
