using Evenkeel.Catalog.Locations.Gazetteer;

namespace Evenkeel.Catalog.Locations.Placing;

/// <summary>Locations of a catalogue by name, while places are looked for.</summary>
internal sealed class KnownLocations
{
    private readonly Dictionary<string, List<PlaceRow>> _byName = new(StringComparer.Ordinal);

    public KnownLocations(IEnumerable<PlaceRow> rows)
    {
        foreach (var row in rows)
        {
            Add(row);
        }
    }

    public void Add(PlaceRow row)
    {
        foreach (var name in row.FoldedNames)
        {
            if (!_byName.TryGetValue(name, out var rows))
            {
                _byName[name] = rows = [];
            }

            rows.Add(row);
        }
    }

    /// <summary>The location; the one that was made first where several fit.</summary>
    public PlaceRow? Find(SoughtLocation sought, Guid? parentId) =>
        sought.FoldedNames.SelectMany(name => _byName.GetValueOrDefault(name) ?? []).Where(row => Fits(row, sought, parentId))
            .OrderByDescending(row => row.ParentId == parentId).ThenBy(row => row.Id).FirstOrDefault();

    private static bool Fits(PlaceRow row, SoughtLocation sought, Guid? parentId) =>
        row.Kind == sought.Kind && (row.CountryCode is null || sought.CountryCode is null || row.CountryCode == sought.CountryCode) && sought.Kind switch
        {
            // Halls have the same names everywhere.
            LocationKind.Venue => parentId is null || row.ParentId == parentId,
            LocationKind.City => GeoPoint.Of(row.Latitude, row.Longitude) is not { } its || sought.Point is not { } point
                || its.KilometresTo(point) <= WellKnownMatch.SamePlaceKilometres,
            _ => true,
        };
}
