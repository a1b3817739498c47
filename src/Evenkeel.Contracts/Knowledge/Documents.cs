using System.Text.Json.Serialization;

namespace Evenkeel.Contracts.Knowledge;

/// <summary>States of a document. A replaced document keeps answering with its old content until the new one is ready.</summary>
public static class DocumentStatus
{
    public const string Queued = "queued";
    public const string Processing = "processing";
    public const string Ready = "ready";
    public const string Failed = "failed";
    public const string Cancelled = "cancelled";
}

/// <summary>A document of a source.</summary>
public sealed record KnowledgeDocument
{
    public required Guid Id { get; init; }
    public required Guid SourceId { get; init; }
    public required string Title { get; init; }
    public required string FileName { get; init; }

    /// <summary>Its address, where it was fetched from the web.</summary>
    public string? Url { get; init; }

    /// <summary>The language found in it, a two-letter code such as <c>en</c> or <c>zh</c>, or <c>und</c>.</summary>
    public required string Language { get; init; }

    /// <summary>One of <see cref="DocumentStatus"/>.</summary>
    public required string Status { get; init; }

    /// <summary>Why it failed, or why its new content could not be read.</summary>
    public KnowledgeReason? Reason { get; init; }

    /// <summary>While it is processed; absent otherwise.</summary>
    public DocumentProgress? Progress { get; init; }

    /// <summary>Passages that answers are made from now.</summary>
    public required int PassageCount { get; init; }

    /// <summary>Pages, slides or sheets, where the format has them.</summary>
    public int? Pages { get; init; }

    /// <summary>Passages with a vector of the present embedding model; absent where none is configured.</summary>
    public int? EmbeddedPassages { get; init; }

    /// <summary>Size as it came in.</summary>
    public required long Bytes { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }
}

/// <summary>How far a document is.</summary>
/// <param name="Stage"><c>waiting</c>, <c>fetching</c>, <c>reading</c>, <c>splitting</c>, <c>storing</c> or <c>embedding</c>.</param>
/// <param name="Done">Passages stored so far.</param>
/// <param name="Total">Passages there are; 0 = not known yet.</param>
/// <param name="Attempt">Tries so far, from 1; 0 = waits for the first.</param>
public sealed record DocumentProgress(string Stage, int Done, int Total, int Attempt);

/// <summary>JSON body for pasted text: <c>POST …/sources/{source_id}/documents</c>; files come as multipart instead.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record PasteDocumentRequest
{
    /// <summary>
    /// 1 to 200 characters; absent = the first heading or line. Pasting under the same title again replaces the document.
    /// </summary>
    public string? Title { get; init; }

    /// <summary>Markdown or plain text, up to 2 MiB.</summary>
    public string? Text { get; init; }
}

/// <summary>What became of one document of an upload.</summary>
public sealed record UploadedDocument
{
    public required KnowledgeDocument Document { get; init; }

    /// <summary><c>created</c>; <c>replaced</c>: the source had a document of this name; <c>unchanged</c>: with exactly this content.</summary>
    public required string Outcome { get; init; }
}

/// <summary>
/// Answer to an upload: every file became a document that is queued, or one that failed and says why. With <c>Prefer: wait=30</c> the answer
/// waits up to so many seconds for the documents to be ready.
/// </summary>
/// <param name="Items">In the order sent.</param>
public sealed record UploadedDocuments(IReadOnlyList<UploadedDocument> Items);

/// <summary>Answer to <c>POST …/sources/{source_id}/retry</c>.</summary>
/// <param name="Queued">Documents that are read again.</param>
public sealed record RetriedDocuments(int Queued);
