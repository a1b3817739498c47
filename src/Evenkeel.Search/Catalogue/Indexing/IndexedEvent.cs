namespace Evenkeel.Search.Catalogue.Indexing;

/// <summary>An event as indexes have it.</summary>
internal sealed record IndexedEvent
{
    public required Guid Id { get; init; }
    public required Guid OrganizationId { get; init; }
    public required EventWords Words { get; init; }

    /// <summary>Its place and all that contains it.</summary>
    public required IReadOnlyList<Guid> LocationIds { get; init; }

    /// <summary>ISO 3166-1 alpha-2; null where it is not known.</summary>
    public required string? CountryCode { get; init; }
    public required DateOnly StartsOn { get; init; }
    public required DateOnly EndsOn { get; init; }
    public required IReadOnlyList<string> Categories { get; init; }
    public required bool IsVirtual { get; init; }
}
