using System.Text.Json.Serialization;

namespace Evenkeel.Contracts.Knowledge;

/// <summary>Where documents come from.</summary>
public sealed record KnowledgeSource
{
    public required Guid Id { get; init; }
    public required Guid ChatbotId { get; init; }
    public required string Name { get; init; }

    /// <summary><c>files</c> (uploaded or pasted), <c>web</c> or <c>guide</c> (the built-in user guide).</summary>
    public required string Kind { get; init; }

    /// <summary><c>public</c>, or <c>private</c>: only for members of the organization, never for visitors of a public chatbot.</summary>
    public required string Visibility { get; init; }
    public required int DocumentCount { get; init; }

    /// <summary>Its documents by status.</summary>
    public required DocumentCounts Documents { get; init; }

    /// <summary>Passages that answers are made from.</summary>
    public required long PassageCount { get; init; }

    /// <summary>Only of a web source.</summary>
    public WebSource? Web { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
}

/// <summary>How many documents of a source are in which state.</summary>
/// <param name="Ready">Answer questions.</param>
/// <param name="Waiting">Queued or being processed.</param>
/// <param name="Failed">Could not be read; each says why.</param>
/// <param name="Cancelled">Cancelled by somebody.</param>
public sealed record DocumentCounts(int Ready, int Waiting, int Failed, int Cancelled);

/// <summary>What a web source fetches, and how the last fetch went.</summary>
public sealed record WebSource
{
    /// <summary>Where it begins.</summary>
    public required string Url { get; init; }

    /// <summary><c>page</c>: this page only; <c>sitemap</c>: the pages a sitemap lists; <c>crawl</c>: pages of this site reached by links.</summary>
    public required string Mode { get; init; }

    /// <summary>Most pages that are fetched.</summary>
    public required int MaxPages { get; init; }

    /// <summary>Hours between two fetches; null = only when asked.</summary>
    public int? RefreshHours { get; init; }

    /// <summary><c>waiting</c>, <c>fetching</c>, <c>fetched</c> or <c>failed</c>.</summary>
    public required string Status { get; init; }

    /// <summary>Why the last fetch failed.</summary>
    public KnowledgeReason? Reason { get; init; }
    public DateTimeOffset? FetchedAt { get; init; }
    public DateTimeOffset? NextFetchAt { get; init; }
}

/// <summary>Why something could not be done.</summary>
/// <param name="Code">Stable, such as <c>encrypted</c>; the list is in the documentation.</param>
/// <param name="Message">What it means and what to do, in the reader's language.</param>
public sealed record KnowledgeReason(string Code, string Message);

/// <summary>Body of <c>POST /api/v1/chatbots/{id}/sources</c>.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record CreateSourceRequest
{
    /// <summary>1 to 200 characters; of a web source absent = its address.</summary>
    public string? Name { get; init; }

    /// <summary><c>public</c> (the default) or <c>private</c>.</summary>
    public string? Visibility { get; init; }

    /// <summary>Present = a web source, which is fetched at once.</summary>
    public WebSourceRequest? Web { get; init; }
}

/// <summary>What a web source is to fetch.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record WebSourceRequest
{
    /// <summary>An <c>http</c> or <c>https</c> address on the public internet, up to 2,000 characters.</summary>
    public string? Url { get; init; }

    /// <summary><c>page</c> (the default), <c>sitemap</c> or <c>crawl</c>.</summary>
    public string? Mode { get; init; }

    /// <summary>1 to 1,000; default 50. A page alone is always 1.</summary>
    public int? MaxPages { get; init; }

    /// <summary>1 to 8,760; absent = only when asked.</summary>
    public int? RefreshHours { get; init; }
}

/// <summary>Body of <c>PATCH …/sources/{source_id}</c>; absent members stay as they are.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record ChangeSourceRequest
{
    /// <summary>1 to 200 characters.</summary>
    public string? Name { get; init; }

    /// <summary><c>public</c> or <c>private</c>.</summary>
    public string? Visibility { get; init; }

    /// <summary>Only of a web source: replaces what it fetches.</summary>
    public WebSourceRequest? Web { get; init; }
}

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

/// <summary>A passage of a document: what an answer cites.</summary>
public sealed record Passage
{
    public required Guid Id { get; init; }
    public required Guid SourceId { get; init; }
    public required Guid DocumentId { get; init; }
    public required string Title { get; init; }
    public required IReadOnlyList<string> HeadingPath { get; init; }
    public required string Text { get; init; }
    public required string Language { get; init; }

    /// <summary>Place in the document, from 0.</summary>
    public required int Ordinal { get; init; }

    /// <summary>Where it stands in the original, where that is known.</summary>
    public PassagePlace? Place { get; init; }

    /// <summary>Address of the page it was fetched from, with the anchor of its section where it has one.</summary>
    public string? Url { get; init; }
}

/// <summary>Where a passage stands in the original document; only what the format has.</summary>
public sealed record PassagePlace
{
    /// <summary>Page of a PDF, from 1.</summary>
    public int? Page { get; init; }

    /// <summary>Slide of a presentation, from 1.</summary>
    public int? Slide { get; init; }

    /// <summary>Name of the sheet of a workbook.</summary>
    public string? Sheet { get; init; }

    /// <summary>First row of a table, as the sheet numbers it.</summary>
    public int? FirstRow { get; init; }

    /// <summary>Last row of a table.</summary>
    public int? LastRow { get; init; }

    /// <summary>Id of the nearest element above it in an HTML page.</summary>
    public string? Anchor { get; init; }
}

/// <summary>Answer to <c>POST …/sources/{source_id}/retry</c>.</summary>
/// <param name="Queued">Documents that are read again.</param>
public sealed record RetriedDocuments(int Queued);
