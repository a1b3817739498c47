namespace Evenkeel.Catalog.Locations.Gazetteer;

/// <summary>A well-known country, city or region, or what contains several countries.</summary>
/// <param name="Place">As it is given out where the catalogue has no location for it.</param>
/// <param name="Code">A country's three letters; of a region and of its cities what ISO 3166-2 has behind the country, <c>CA</c> of California; "" otherwise.</param>
/// <param name="Names">Further names in any language.</param>
internal sealed record GazetteerEntry(KnownPlace Place, string Code, IReadOnlyList<string> Names)
{
    /// <summary>All names: the English one, the Chinese one, and the others.</summary>
    public IEnumerable<string> AllNames => Place.ChineseName is { } chinese ? [Place.Name, chinese, .. Names] : [Place.Name, .. Names];
}
