using System.Collections.Frozen;
using Evenkeel.Catalog.Locations;

namespace Evenkeel.Catalog.Questions.Places;

/// <summary>Short names that people write in questions, whether or not the names of places have them.</summary>
internal static class PlaceCodes
{
    private static readonly FrozenDictionary<string, string> Long = new Dictionary<string, string>
    {
        ["us"] = "united states",
        ["usa"] = "united states",
        ["uk"] = "united kingdom",
        ["uae"] = "united arab emirates",
        ["nyc"] = "new york",
        ["sf"] = "san francisco",
        ["la"] = "los angeles",
        ["nz"] = "new zealand",
        ["eu"] = "european union",
    }.ToFrozenDictionary();

    /// <summary>Of names up to three letters only these, in capitals, and three-letter names that places have.</summary>
    public static bool IsCode(string folded) => Long.ContainsKey(folded);

    public static IReadOnlyList<KnownPlace> Named(IPlaceNames names, string folded)
    {
        if (!Long.TryGetValue(folded, out var name))
        {
            return names.Named(folded);
        }

        var known = names.Named(name);
        return known.Count > 0 ? known : names.Named(folded);
    }
}
