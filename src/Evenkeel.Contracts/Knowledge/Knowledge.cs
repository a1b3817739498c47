using System.Text.Json.Serialization;

namespace Evenkeel.Contracts.Knowledge;

/// <summary>Where documents come from.</summary>
public sealed record KnowledgeSource
{
    public required Guid Id { get; init; }
    public required Guid ChatbotId { get; init; }
    public required string Name { get; init; }

    /// <summary><c>files</c>, <c>text</c> or <c>guide</c> (the built-in user guide).</summary>
    public required string Kind { get; init; }
    public required int DocumentCount { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
}

/// <summary>Body of <c>POST /api/v1/chatbots/{id}/sources</c>.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record CreateSourceRequest
{
    /// <summary>1 to 200 characters.</summary>
    public string? Name { get; init; }
}

/// <summary>A document of a source.</summary>
public sealed record KnowledgeDocument
{
    public required Guid Id { get; init; }
    public required Guid SourceId { get; init; }
    public required string Title { get; init; }
    public required string FileName { get; init; }

    /// <summary><c>en</c>, <c>zh</c> or <c>und</c>: the language found in it.</summary>
    public required string Language { get; init; }

    /// <summary><c>ready</c> or <c>failed</c>.</summary>
    public required string Status { get; init; }

    /// <summary>Why it failed.</summary>
    public string? Reason { get; init; }
    public required int PassageCount { get; init; }

    /// <summary>Size of the text in bytes.</summary>
    public required long Bytes { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }
}

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

/// <summary>Answer to an upload. Either every document was taken or none.</summary>
/// <param name="Items">In the order sent.</param>
public sealed record UploadedDocuments(IReadOnlyList<UploadedDocument> Items);

/// <summary>A passage of a document: what an answer cites.</summary>
public sealed record Passage
{
    public required Guid Id { get; init; }
    public required Guid DocumentId { get; init; }
    public required string Title { get; init; }
    public required IReadOnlyList<string> HeadingPath { get; init; }
    public required string Text { get; init; }
    public required string Language { get; init; }

    /// <summary>Place in the document, from 0.</summary>
    public required int Ordinal { get; init; }
}
