using Evenkeel.Contracts.Catalogue;
using Evenkeel.Platform.Errors;

namespace Evenkeel.Search.Catalogue;

/// <summary>What a turn looks for in the catalogue.</summary>
public sealed record EventQuery
{
    public required Guid OrganizationId { get; init; }

    /// <summary>The question, in English or Chinese.</summary>
    public required string Text { get; init; }

    /// <summary>The person's, an IANA name, for "tomorrow".</summary>
    public string TimeZone { get; init; } = "Etc/UTC";

    /// <summary>Events given, 1 to 100.</summary>
    public int Limit { get; init; } = 10;

    /// <summary>Ranks inside these only: nothing else comes out, and where the words fit none of them, all of them are given.</summary>
    public IReadOnlyList<Guid>? OnlyEvents { get; init; }
}

/// <summary>What a turn found.</summary>
public sealed record EventFinding
{
    /// <summary>What was understood of places, dates and the way of attending.</summary>
    public required UnderstoodQuestion Understood { get; init; }

    /// <summary>Best first.</summary>
    public required IReadOnlyList<EventHit> Hits { get; init; }

    /// <summary>Events that fit.</summary>
    public required int Total { get; init; }

    /// <summary>Such as <c>elasticsearch_unavailable</c>.</summary>
    public required IReadOnlyList<string> Warnings { get; init; }
}

/// <summary>Searches the catalogue.</summary>
public interface IEventSearch
{
    /// <summary>A search with a handle, as <c>POST /api/v1/search</c> does it.</summary>
    Task<Result<SearchResponse>> SearchAsync(Guid organizationId, SearchRequest request, CancellationToken cancellationToken);

    /// <summary>A search without a handle.</summary>
    Task<EventFinding> FindAsync(EventQuery query, CancellationToken cancellationToken);

    /// <summary>The events of a handle, best first; <c>search_handle_expired</c> when it is none of the organization's.</summary>
    Task<Result<IReadOnlyList<Guid>>> EventsOfAsync(Guid organizationId, string handle, CancellationToken cancellationToken);
}
