namespace Evenkeel.Catalog.Locations;

/// <summary>Kinds of locations, from the largest to the smallest.</summary>
internal static class LocationKind
{
    public const string Country = "country";
    public const string Region = "region";
    public const string City = "city";
    public const string Venue = "venue";

    public static IReadOnlyList<string> All { get; } = [Country, Region, City, Venue];

    /// <summary>Whether one kind can contain the other: a region may lie in a region, nothing else in its like.</summary>
    public static bool Contains(string outer, string inner) => (Rank(outer), Rank(inner)) is var (from, to) && (from < to || (from == to && outer == Region));

    private static int Rank(string kind) => kind switch { Country => 0, Region => 1, City => 2, _ => 3 };
}
