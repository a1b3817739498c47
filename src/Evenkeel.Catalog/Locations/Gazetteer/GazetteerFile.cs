using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace Evenkeel.Catalog.Locations.Gazetteer;

/// <summary>Reads <c>places.tsv.gz</c>, which <c>eng/gazetteer</c> makes; its README describes the lines. Countries come before cities.</summary>
internal static class GazetteerFile
{
    private const string Resource = "Evenkeel.Catalog.Locations.Gazetteer.places.tsv.gz";

    public static IEnumerable<GazetteerEntry> Read()
    {
        using var packed = typeof(GazetteerFile).Assembly.GetManifestResourceStream(Resource)!;
        using var unpacked = new GZipStream(packed, CompressionMode.Decompress);
        using var reader = new StreamReader(unpacked, Encoding.UTF8);
        var countries = new Dictionary<string, string>(StringComparer.Ordinal);
        var zones = new Dictionary<string, string>(StringComparer.Ordinal);
        while (reader.ReadLine() is { } line)
        {
            var cells = line.Split('\t');
            if (cells[0] == LocationKind.Country)
            {
                countries[cells[1]] = cells[3];
            }

            // One text for each zone, not one for each city.
            var zone = zones.TryGetValue(cells[8], out var known) ? known : zones[cells[8]] = cells[8];
            yield return Entry(cells, countries.GetValueOrDefault(cells[1]), zone);
        }
    }

    private static GazetteerEntry Entry(string[] cells, string? country, string zone)
    {
        var isCountry = cells[0] == LocationKind.Country;
        var place = new KnownPlace
        {
            LocationId = null,
            Name = cells[3],
            ChineseName = cells[4].Length == 0 ? null : cells[4],
            Kind = isCountry ? LocationKind.Country : LocationKind.City,
            CountryCode = cells[1],
            Country = country,
            Latitude = Number(cells[6]),
            Longitude = Number(cells[7]),
            TimeZone = zone.Length == 0 ? null : zone,
            Weight = long.Parse(cells[9], CultureInfo.InvariantCulture),
        };
        return new GazetteerEntry(place, cells[2], cells[5].Length == 0 ? [] : cells[5].Split('|'));
    }

    private static double? Number(string cell) => cell.Length == 0 ? null : double.Parse(cell, CultureInfo.InvariantCulture);
}
