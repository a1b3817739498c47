using Evenkeel.Catalog.Locations.Gazetteer;

namespace Evenkeel.Catalog.Locations;

/// <summary>The locations of a catalogue over the well-known places, at one version.</summary>
/// <param name="locations">Names of the catalogue's locations, those that the gazetteer knows for them included.</param>
/// <param name="wellKnown">The gazetteer.</param>
/// <param name="covered">Well-known places that the catalogue has a location for.</param>
/// <param name="within">Where the locations lie.</param>
internal sealed class PlaceNames(
    NameIndex<KnownPlace> locations, NameIndex<GazetteerEntry> wellKnown, IReadOnlySet<GazetteerEntry> covered, LocationsWithin within) : IPlaceNames
{
    /// <summary>Names that this alone holds in memory.</summary>
    public int Count => locations.Count;

    public int MostWords => Math.Max(locations.MostWords, wellKnown.MostWords);

    public int MostCharacters => Math.Max(locations.MostCharacters, wellKnown.MostCharacters);

    public IReadOnlyList<KnownPlace> Named(string folded) =>
        [.. locations.Exactly(folded), .. wellKnown.Exactly(folded).Where(IsFree).Select(entry => entry.Place)];

    public IReadOnlyList<Guid> Within(KnownPlace place) => within.Find(place);

    public IReadOnlyList<KnownPlace> Similar(string folded, int most) =>
    [
        .. locations.Close(folded)
            .Concat(wellKnown.Close(folded).Where(one => IsFree(one.Thing)).Select(one => (one.Thing.Place, one.Distance)))
            .OrderBy(one => one.Distance).ThenByDescending(one => one.Item1.Weight)
            .Select(one => one.Item1).Distinct().Take(most),
    ];

    private bool IsFree(GazetteerEntry entry) => !covered.Contains(entry);
}
