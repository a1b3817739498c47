using System.Text.Json.Serialization;

namespace Evenkeel.Contracts.Catalogue;

/// <summary>Body of <c>POST /api/v1/search</c>. All conditions hold together; what the text says of places and dates is one of them unless <see cref="Literal"/>.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record SearchRequest
{
    /// <summary>Up to 1,000 characters; absent = everything that fits the other conditions, soonest first.</summary>
    public string? Query { get; init; }

    /// <summary>A place in words, such as <c>Berlin</c> or 柏林; an event there fits, or in one of <see cref="LocationIds"/>.</summary>
    public string? Location { get; init; }

    /// <summary>Places; an event in one of them, or in what they contain, fits. Up to 50.</summary>
    public IReadOnlyList<Guid>? LocationIds { get; init; }

    /// <summary>First day, inclusive: events that end before it do not fit.</summary>
    public DateOnly? From { get; init; }

    /// <summary>Last day, inclusive: events that begin after it do not fit.</summary>
    public DateOnly? To { get; init; }

    /// <summary>An event of one of these categories fits. Up to 50.</summary>
    public IReadOnlyList<string>? Categories { get; init; }

    /// <summary>Countries by code; an event in one of them fits. Up to 50.</summary>
    public IReadOnlyList<string>? Countries { get; init; }

    /// <summary>True = only those that can be attended from anywhere; false = only those that can be attended in person.</summary>
    public bool? Virtual { get; init; }

    /// <summary>Events given at once, 1 to 100; 10 unless told.</summary>
    public int? Limit { get; init; }

    /// <summary>The person's time zone (IANA) for "tomorrow" and the like; UTC unless told.</summary>
    public string? TimeZone { get; init; }

    /// <summary>The query is words only: nothing in it is taken for a place or a date.</summary>
    public bool? Literal { get; init; }
}

/// <summary>What was found.</summary>
public sealed record SearchResponse
{
    /// <summary>Names these results for an hour: for further pages, and for a chat about them.</summary>
    public required string Handle { get; init; }
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>Events that fit.</summary>
    public required int Total { get; init; }

    /// <summary>Best first.</summary>
    public required IReadOnlyList<EventHit> Items { get; init; }

    /// <summary>For the next page; absent on the last one.</summary>
    public string? NextCursor { get; init; }
    public required SearchFacets Facets { get; init; }

    /// <summary>What was understood of the query.</summary>
    public required UnderstoodQuestion Understood { get; init; }

    /// <summary>Milliseconds the search took.</summary>
    public required double TookMs { get; init; }

    /// <summary><c>postgresql</c> or <c>elasticsearch</c>: what answered.</summary>
    public required string Backend { get; init; }

    /// <summary>Such as <c>elasticsearch_unavailable</c>: answered without it.</summary>
    public required IReadOnlyList<string> Warnings { get; init; }
}

/// <summary>A further page: <c>GET /api/v1/search/{handle}?cursor=</c>.</summary>
/// <param name="Items">Best first.</param>
/// <param name="NextCursor">Absent on the last page.</param>
public sealed record SearchPage(IReadOnlyList<EventHit> Items, string? NextCursor);

/// <summary>An event that fits.</summary>
/// <param name="Event">The event.</param>
/// <param name="Score">How well, 0 to 1; 1 for the best. Comparable within one search only.</param>
public sealed record EventHit(CatalogueEvent Event, double Score);

/// <summary>How the index of events is, and how far one being made anew. The one before is searched until it is ready.</summary>
public sealed record SearchRebuild
{
    /// <summary><c>postgresql</c> or <c>elasticsearch</c>: what is searched.</summary>
    public required string Backend { get; init; }

    /// <summary>Events that were changed and not taken in yet; 0 = the index is in step with the catalogue.</summary>
    public required int Waiting { get; init; }

    /// <summary><c>running</c>, <c>done</c>, or <c>none</c> where none was ever asked for or needed.</summary>
    public required string Status { get; init; }

    /// <summary>Events that are in.</summary>
    public required int Done { get; init; }

    /// <summary>Events there were when it began.</summary>
    public required int Total { get; init; }
    public DateTimeOffset? StartedAt { get; init; }
    public DateTimeOffset? FinishedAt { get; init; }
}

/// <summary>How many events that fit have which value.</summary>
public sealed record SearchFacets
{
    public required IReadOnlyList<FacetValue> Categories { get; init; }

    /// <summary>By country code; the label is its name.</summary>
    public required IReadOnlyList<FacetValue> Countries { get; init; }

    /// <summary>By month of the first day, such as <c>2026-03</c>, in order.</summary>
    public required IReadOnlyList<FacetValue> Months { get; init; }

    /// <summary><c>true</c> and <c>false</c>.</summary>
    public required IReadOnlyList<FacetValue> Virtual { get; init; }
}

/// <summary>A value and how many events have it.</summary>
public sealed record FacetValue(string Value, string Label, int Count);

/// <summary>What a text says of places, dates and the way of attending.</summary>
public sealed record UnderstoodQuestion
{
    /// <summary>What is left to search for, without what was understood.</summary>
    public required string Query { get; init; }

    public required IReadOnlyList<UnderstoodPlace> Places { get; init; }

    /// <summary>Places that were named and are not known.</summary>
    public required IReadOnlyList<UnknownPlace> UnknownPlaces { get; init; }

    /// <summary>Absent where nothing was said of dates.</summary>
    public UnderstoodDates? Dates { get; init; }

    /// <summary>True = "online"; false = "in person"; absent = not said.</summary>
    public bool? Virtual { get; init; }
}

/// <summary>A part of a text.</summary>
/// <param name="Start">First UTF-16 unit.</param>
/// <param name="End">Behind the last.</param>
public sealed record TextSpan(int Start, int End);

/// <summary>A place that was named.</summary>
public sealed record UnderstoodPlace
{
    /// <summary>The words.</summary>
    public required string Text { get; init; }
    public required TextSpan Span { get; init; }

    /// <summary>Absent of a well-known place that the catalogue has no location for.</summary>
    public Guid? LocationId { get; init; }
    public required string Name { get; init; }

    /// <summary>Absent where none is known.</summary>
    public string? ChineseName { get; init; }
    public required string Kind { get; init; }

    /// <summary>Of the country it is in.</summary>
    public string? Country { get; init; }

    /// <summary>ISO 3166-1 alpha-2.</summary>
    public string? CountryCode { get; init; }

    /// <summary>Degrees, WGS 84; both or neither.</summary>
    public double? Latitude { get; init; }
    public double? Longitude { get; init; }

    /// <summary>"Near": places within so many kilometres fit too.</summary>
    public double? WithinKm { get; init; }

    /// <summary>Others of the name, the next best first; "Did you mean …".</summary>
    public required IReadOnlyList<PlaceSuggestion> Others { get; init; }
}

/// <summary>A place that was named and is not known.</summary>
public sealed record UnknownPlace(string Text, TextSpan Span, IReadOnlyList<PlaceSuggestion> Suggestions);

/// <summary>A place that may have been meant.</summary>
/// <param name="LocationId">Absent of a well-known place that the catalogue has no location for.</param>
/// <param name="Name">Its name in the reader's language where that is known.</param>
/// <param name="Country">Name of the country it is in.</param>
public sealed record PlaceSuggestion(Guid? LocationId, string Name, string? Country);

/// <summary>Days that were named.</summary>
public sealed record UnderstoodDates
{
    /// <summary>The words.</summary>
    public required string Text { get; init; }
    public required TextSpan Span { get; init; }

    /// <summary>First day, inclusive; absent = open.</summary>
    public DateOnly? From { get; init; }

    /// <summary>Last day, inclusive; absent = open.</summary>
    public DateOnly? To { get; init; }

    /// <summary>Another reading where the words have two, such as "next Friday" said on a Wednesday.</summary>
    public DateRange? Otherwise { get; init; }
}

/// <summary>Days, both inclusive; absent = open.</summary>
public sealed record DateRange(DateOnly? From, DateOnly? To);
