using System.Globalization;
using System.Text.Json;
using Evenkeel.Contracts.Catalogue;

namespace Evenkeel.Search.Catalogue;

/// <summary>Makes facets from counts, in the order in which they are shown.</summary>
internal static class FacetsOf
{
    public static SearchFacets None { get; } = new() { Categories = [], Countries = [], Months = [], Virtual = [] };

    public static SearchFacets Counts(
        IEnumerable<FacetValue> categories, IEnumerable<FacetValue> countries, IEnumerable<FacetValue> months, IEnumerable<FacetValue> attendance) => new()
    {
        Categories = MostFirst(categories),
        Countries = MostFirst(countries),
        Months = [.. months.OrderBy(value => value.Value, StringComparer.Ordinal)],
        Virtual = [.. attendance.Where(value => value.Count > 0).OrderByDescending(value => value.Value, StringComparer.Ordinal)],
    };

    /// <summary>Of an object of numbers; none of null.</summary>
    public static IEnumerable<FacetValue> Numbers(string? json)
    {
        using var counts = JsonDocument.Parse(json ?? "{}");
        return counts.RootElement.EnumerateObject().Select(member => new FacetValue(member.Name, member.Name, member.Value.GetInt32())).ToList();
    }

    /// <summary>Of an object of pairs, number and label.</summary>
    public static IEnumerable<FacetValue> Labelled(string? json)
    {
        using var counts = JsonDocument.Parse(json ?? "{}");
        return counts.RootElement.EnumerateObject()
            .Select(member => new FacetValue(member.Name, member.Value[1].GetString()!, int.Parse(member.Value[0].GetString()!, CultureInfo.InvariantCulture))).ToList();
    }

    private static List<FacetValue> MostFirst(IEnumerable<FacetValue> values) =>
        [.. values.OrderByDescending(value => value.Count).ThenBy(value => value.Value, StringComparer.Ordinal)];
}
