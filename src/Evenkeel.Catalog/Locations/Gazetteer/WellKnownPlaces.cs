namespace Evenkeel.Catalog.Locations.Gazetteer;

/// <summary>
/// Continents, countries, regions and cities of the world (see <c>NOTICE.md</c>), read from the assembly when they are first asked for and kept: 16,000 names, 6 MB of
/// memory, 0.2 s once. Close names are found in some 0.3 ms.
/// </summary>
internal sealed class WellKnownPlaces
{
    private readonly Lazy<Loaded> _loaded = new(Load);

    public bool IsLoaded => _loaded.IsValueCreated;

    /// <summary>All of them by folded name, the likeliest first.</summary>
    public NameIndex<GazetteerEntry> Names => _loaded.Value.Names;

    /// <summary>A country by two or three letters, or a name in any language, or that of one of the countries that the United Kingdom is made of; null where there is none.</summary>
    public GazetteerEntry? FindCountry(string text)
    {
        var folded = PlaceName.Fold(text);
        return CountryOfCode(folded.ToUpperInvariant())
            ?? Names.Exactly(folded).FirstOrDefault(entry => entry.Place.Kind == LocationKind.Country)
            ?? (FindRegion(text, "GB") is not null ? CountryOfCode("GB") : null)
            ?? (folded.StartsWith("the ", StringComparison.Ordinal) ? FindCountry(folded["the ".Length..]) : null);
    }

    /// <summary>A region of a country, or a continent and the like, by name in any language; null where there is none.</summary>
    /// <param name="text">Its name.</param>
    /// <param name="country">Two letters; null = of any country.</param>
    public GazetteerEntry? FindRegion(string text, string? country) => Names.Exactly(PlaceName.Fold(text))
        .FirstOrDefault(entry => entry.Place.Kind == LocationKind.Region && (country is null || entry.Place.CountryCode == country));

    /// <summary>A country by its two or three letters in capitals.</summary>
    public GazetteerEntry? CountryOfCode(string? code) => code is not null && _loaded.Value.Countries.TryGetValue(code, out var country) ? country : null;

    private static Loaded Load()
    {
        var countries = new Dictionary<string, GazetteerEntry>(StringComparer.Ordinal);
        var names = new List<(string Folded, GazetteerEntry Entry)>();
        foreach (var entry in GazetteerFile.Read())
        {
            if (entry.Place.Kind == LocationKind.Country)
            {
                countries[entry.Place.CountryCode!] = entry;
                countries[entry.Code] = entry;
            }

            names.AddRange(entry.AllNames.Select(PlaceName.Fold).Distinct(StringComparer.Ordinal).Select(folded => (folded, entry)));
        }

        return new Loaded(new NameIndex<GazetteerEntry>(names, entry => entry.Place.Weight), countries);
    }

    private sealed record Loaded(NameIndex<GazetteerEntry> Names, IReadOnlyDictionary<string, GazetteerEntry> Countries);
}
