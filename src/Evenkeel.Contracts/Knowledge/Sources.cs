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
