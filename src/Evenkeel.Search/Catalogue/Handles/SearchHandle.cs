using Evenkeel.Contracts.Catalogue;

namespace Evenkeel.Search.Catalogue.Handles;

/// <summary>The name of results on the wire: <c>s_</c> and 32 hexadecimal digits.</summary>
internal static class SearchHandle
{
    private const string Prefix = "s_";

    public static string Text(Guid id) => Prefix + id.ToString("N");

    /// <summary>Null when it is none.</summary>
    public static Guid? Parse(string handle) =>
        handle.StartsWith(Prefix, StringComparison.Ordinal) && Guid.TryParseExact(handle.AsSpan(Prefix.Length), "N", out var id) ? id : null;
}

/// <summary>Results to keep.</summary>
internal sealed record HandleToStore
{
    public required Guid OrganizationId { get; init; }

    /// <summary>Null for a search that nobody made by hand.</summary>
    public Guid? UserId { get; init; }
    public string? Query { get; init; }
    public required UnderstoodQuestion Understood { get; init; }
    public required EventMatches Matches { get; init; }
}

/// <summary>A part of the results of a handle.</summary>
/// <param name="EventIds">Best first.</param>
/// <param name="Scores">In the same order.</param>
/// <param name="HasMore">Whether more follow.</param>
internal sealed record HandlePage(IReadOnlyList<Guid> EventIds, IReadOnlyList<float> Scores, bool HasMore);
