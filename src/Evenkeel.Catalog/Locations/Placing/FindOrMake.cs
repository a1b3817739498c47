using Evenkeel.Platform.Identifiers;

namespace Evenkeel.Catalog.Locations.Placing;

/// <summary>Finds places among the locations of a catalogue, and thinks up those that are missing.</summary>
internal sealed class FindOrMake(IEnumerable<PlaceRow> rows, IdSource ids)
{
    private readonly KnownLocations _known = new(rows);
    private readonly List<PlaceRow> _made = [];
    private readonly HashSet<Guid> _madeIds = [];

    /// <summary>Locations to insert, parents first.</summary>
    public IReadOnlyList<PlaceRow> Made => _made;

    public Dictionary<NamedPlace, PlacedLocation> Run(IReadOnlyDictionary<NamedPlace, IReadOnlyList<SoughtLocation>> places, bool dryRun) =>
        places.ToDictionary(place => place.Key, place => Place(place.Value, dryRun));

    private PlacedLocation Place(IReadOnlyList<SoughtLocation> levels, bool dryRun)
    {
        PlaceRow? row = null;
        string? zone = null;
        var isNew = false;
        foreach (var level in levels)
        {
            var found = _known.Find(level, row?.Id);
            isNew = found is null;
            row = found ?? Make(level, row?.Id);
            zone = row.TimeZone ?? level.TimeZone ?? zone;
        }

        var isOnlyThought = dryRun && row is not null && _madeIds.Contains(row.Id);
        return new PlacedLocation(isOnlyThought ? null : row?.Id, zone, isNew);
    }

    private PlaceRow Make(SoughtLocation sought, Guid? parentId)
    {
        var row = new PlaceRow
        {
            Id = ids.Next(),
            Name = sought.Name,
            Kind = sought.Kind,
            ParentId = parentId,
            CountryCode = sought.CountryCode,
            Latitude = sought.Point?.Latitude,
            Longitude = sought.Point?.Longitude,
            TimeZone = sought.TimeZone,
            Aliases = [.. sought.Aliases],
            FoldedNames = [.. sought.FoldedNames],
        };
        _made.Add(row);
        _madeIds.Add(row.Id);
        _known.Add(row);
        return row;
    }
}
