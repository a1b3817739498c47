using Evenkeel.Contracts.Catalogue;
using Evenkeel.Platform.Errors;

namespace Evenkeel.Search.Catalogue;

/// <summary>A question to an organization's catalogue.</summary>
public sealed record EventQuery
{
    public required Guid OrganizationId { get; init; }

    /// <summary>The question as typed, in any language.</summary>
    public required string Text { get; init; }

    /// <summary>What the text says of places and dates, where that was read already; null = read here.</summary>
    public UnderstoodQuestion? Understood { get; init; }

    /// <summary>The person's, an IANA name.</summary>
    public string TimeZone { get; init; } = "Etc/UTC";

    /// <summary>Most events, 1 to 50.</summary>
    public int Limit { get; init; } = 8;

    /// <summary>Nothing but these is looked at, and where the question fits none of them, all of them are given; null = the whole catalogue.</summary>
    public IReadOnlyList<Guid>? OnlyEvents { get; init; }
}

/// <summary>An event found for a question.</summary>
/// <param name="Event">The event.</param>
/// <param name="Score">How well, 0 to 1; comparable within one answer only.</param>
/// <param name="Reason">Why it fits, the first of them that was asked for: <c>words</c>, <c>place</c>, <c>date</c> or <c>category</c>; <c>all</c> where nothing was asked for.</param>
public sealed record FoundEvent(CatalogueEvent Event, double Score, string Reason);

/// <summary>How far the events found have the words of the question.</summary>
public enum WordsFound
{
    /// <summary>Each has all of them, or none were asked for.</summary>
    Every,

    /// <summary>No event has all: these have one of them, or mean the same.</summary>
    Some,

    /// <summary>No event has any: these fit the place, the days and the way of attending, or are those asked about.</summary>
    None,
}

/// <summary>What was found.</summary>
public sealed record EventFinding
{
    public required UnderstoodQuestion Understood { get; init; }

    /// <summary>Best first.</summary>
    public required IReadOnlyList<FoundEvent> Hits { get; init; }

    /// <summary>Whether they have what was asked for.</summary>
    public required WordsFound Words { get; init; }

    /// <summary>Events that fit.</summary>
    public required int Total { get; init; }

    /// <summary>What was done without, such as <c>elasticsearch_unavailable</c>.</summary>
    public required IReadOnlyList<string> Warnings { get; init; }

    /// <summary><c>postgresql</c> or <c>elasticsearch</c>: what answered.</summary>
    public required string Backend { get; init; }

    /// <summary>Milliseconds.</summary>
    public required double TookMs { get; init; }
}

/// <summary>Finds events, for conversations.</summary>
public interface IEventSearch
{
    /// <summary>A search with a handle, as <c>POST /api/v1/search</c> does it.</summary>
    Task<Result<SearchResponse>> SearchAsync(Guid organizationId, SearchRequest request, CancellationToken cancellationToken);

    /// <summary>Whether the organization has any event. Kept for a moment: turns ask it.</summary>
    Task<bool> HasEventsAsync(Guid organizationId, CancellationToken cancellationToken);

    /// <summary>The events that fit a question, best first.</summary>
    Task<EventFinding> FindAsync(EventQuery query, CancellationToken cancellationToken);

    /// <summary>The events of a search that somebody of the organization made; <c>search_handle_expired</c> when it is not there any more.</summary>
    Task<Result<IReadOnlyList<Guid>>> EventsOfAsync(Guid organizationId, string handle, CancellationToken cancellationToken);
}
