namespace Evenkeel.Search;

/// <summary>A question to the documents of one chatbot.</summary>
public sealed record PassageQuery
{
    public required Guid OrganizationId { get; init; }
    public required Guid ChatbotId { get; init; }

    /// <summary>The question as typed, in any language.</summary>
    public required string Text { get; init; }

    /// <summary>Most hits to return.</summary>
    public int Limit { get; init; } = 8;
}

/// <summary>A passage found.</summary>
public sealed record PassageHit
{
    public required Guid PassageId { get; init; }
    public required Guid DocumentId { get; init; }

    /// <summary>Title of the document.</summary>
    public required string Title { get; init; }

    /// <summary>Headings above the passage, outermost first, without the title.</summary>
    public required IReadOnlyList<string> HeadingPath { get; init; }

    /// <summary>Markdown as written.</summary>
    public required string Text { get; init; }

    /// <summary><c>en</c>, <c>zh</c> or <c>und</c>.</summary>
    public required string Language { get; init; }

    /// <summary>BM25 score; comparable within one result only.</summary>
    public required double Score { get; init; }

    /// <summary>Place in the result, from 1.</summary>
    public required int Rank { get; init; }
}

/// <summary>What a search found, best first.</summary>
public sealed record PassageSearchResult
{
    public required IReadOnlyList<PassageHit> Hits { get; init; }

    /// <summary>Passages that contain at least one of the terms.</summary>
    public required int Candidates { get; init; }

    /// <summary>Passages the chatbot has.</summary>
    public required int IndexedPassages { get; init; }

    /// <summary>The normalised words searched for.</summary>
    public required IReadOnlyList<string> Terms { get; init; }
}

/// <summary>Finds the passages of a chatbot's documents that answer a question.</summary>
public interface IPassageSearch
{
    /// <summary>The best passages, best first; empty when nothing matches or the chatbot has no documents.</summary>
    Task<PassageSearchResult> SearchAsync(PassageQuery query, CancellationToken cancellationToken);
}
