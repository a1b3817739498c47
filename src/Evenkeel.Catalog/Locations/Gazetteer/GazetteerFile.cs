using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace Evenkeel.Catalog.Locations.Gazetteer;

/// <summary>Reads <c>places.tsv.gz</c>, which <c>eng/gazetteer</c> makes; its README describes the lines. Countries come before all that lies in them.</summary>
internal static class GazetteerFile
{
    private const string Resource = "Evenkeel.Catalog.Locations.Gazetteer.places.tsv.gz";

    /// <summary>Contains countries; a region to all who ask.</summary>
    private const string Area = "area";

    /// <summary>The cell with its countries.</summary>
    private const int Countries = 10;

    public static IEnumerable<GazetteerEntry> Read()
    {
        using var packed = typeof(GazetteerFile).Assembly.GetManifestResourceStream(Resource)!;
        using var unpacked = new GZipStream(packed, CompressionMode.Decompress);
        using var reader = new StreamReader(unpacked, Encoding.UTF8);
        var countries = new Dictionary<string, string>(StringComparer.Ordinal);
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        while (reader.ReadLine() is { } line)
        {
            var cells = line.Split('\t');
            if (cells[0] == LocationKind.Country)
            {
                countries[cells[1]] = cells[3];
            }

            // One text for each zone, code and region, not one for each city.
            foreach (var cell in new[] { 1, 2, 8 })
            {
                cells[cell] = Once(texts, cells[cell]);
            }

            var region = cells[0] != LocationKind.Country && cells[2].Length > 0 ? Once(texts, $"{cells[1]}-{cells[2]}") : null;
            yield return Entry(cells, countries.GetValueOrDefault(cells[1]), region);
        }
    }

    private static string Once(Dictionary<string, string> texts, string text) => texts.TryGetValue(text, out var known) ? known : texts[text] = text;

    private static GazetteerEntry Entry(string[] cells, string? country, string? region)
    {
        var place = new KnownPlace
        {
            LocationId = null,
            Name = cells[3],
            ChineseName = cells[4].Length == 0 ? null : cells[4],
            Kind = cells[0] == Area ? LocationKind.Region : cells[0],
            CountryCode = cells[1].Length == 0 ? null : cells[1],
            Country = country,
            Latitude = Number(cells[6]),
            Longitude = Number(cells[7]),
            RegionCode = region,
            Countries = cells.Length > Countries ? cells[Countries].Split('|') : null,
            TimeZone = cells[8].Length == 0 ? null : cells[8],
            Weight = long.Parse(cells[9], CultureInfo.InvariantCulture),
        };
        return new GazetteerEntry(place, cells[2], cells[5].Length == 0 ? [] : cells[5].Split('|'));
    }

    private static double? Number(string cell) => cell.Length == 0 ? null : double.Parse(cell, CultureInfo.InvariantCulture);
}
