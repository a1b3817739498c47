using Evenkeel.Catalog.Locations;

namespace Evenkeel.Tests.Catalog.Questions;

/// <summary>The places of <c>data/questions/places.txt</c>: few, and many of them named like ordinary words or like each other.</summary>
internal sealed class SomePlaces : IPlaceNames
{
    private readonly ILookup<string, KnownPlace> _byName;

    private SomePlaces(IEnumerable<(string Name, KnownPlace Place)> names)
    {
        _byName = names.OrderByDescending(one => one.Place.Weight).ToLookup(one => one.Name, one => one.Place);
        MostWords = _byName.Max(group => group.Key.Split(' ').Length);
        MostCharacters = _byName.Where(group => group.Key[0] >= '\u3400').Max(group => group.Key.Length);
    }

    public int MostWords { get; }

    public int MostCharacters { get; }

    public static SomePlaces Load()
    {
        var rows = PhraseTable.Lines("places.txt").Select(line => line.Split('|', StringSplitOptions.TrimEntries)).ToList();
        var countries = rows.Where(cells => cells[0] == "country").ToDictionary(cells => cells[3], cells => cells[1]);
        return new SomePlaces(rows.SelectMany(cells => Names(cells).Select(name => (name, Place(cells, countries)))).DistinctBy(one => (one.name, one.Item2)));
    }

    public IReadOnlyList<KnownPlace> Named(string folded) => [.. _byName[folded]];

    public IReadOnlyList<KnownPlace> Similar(string folded, int most) =>
    [
        .. _byName.Select(group => (Places: group, Distance: Distance(group.Key, folded))).Where(one => one.Distance <= (folded.Length > 6 ? 2 : 1))
            .OrderBy(one => one.Distance).SelectMany(one => one.Places).Take(most),
    ];

    public IReadOnlyList<Guid> Within(KnownPlace place) => [];

    private static IEnumerable<string> Names(string[] cells) =>
        cells[8].Split(',', StringSplitOptions.TrimEntries).Append(cells[1]).Append(cells[2]).Select(PlaceName.Fold).Where(name => name.Length > 0);

    private static KnownPlace Place(string[] cells, Dictionary<string, string> countries) => new()
    {
        LocationId = null,
        Name = cells[1],
        ChineseName = cells[2].Length == 0 ? null : cells[2],
        Kind = cells[0],
        CountryCode = cells[3],
        Country = countries.GetValueOrDefault(cells[3]),
        Latitude = double.Parse(cells[4]),
        Longitude = double.Parse(cells[5]),
        TimeZone = cells[6],
        Weight = long.Parse(cells[7]),
    };

    /// <summary>Letters that differ; two that are exchanged count once.</summary>
    private static int Distance(string one, string other)
    {
        var rows = new int[one.Length + 1, other.Length + 1];
        for (var left = 0; left <= one.Length; left++)
        {
            for (var right = 0; right <= other.Length; right++)
            {
                rows[left, right] = left == 0 || right == 0 ? left + right
                    : Math.Min(
                        Math.Min(rows[left - 1, right], rows[left, right - 1]) + 1, rows[left - 1, right - 1] + (one[left - 1] == other[right - 1] ? 0 : 1));
                if (left > 1 && right > 1 && one[left - 1] == other[right - 2] && one[left - 2] == other[right - 1])
                {
                    rows[left, right] = Math.Min(rows[left, right], rows[left - 2, right - 2] + 1);
                }
            }
        }

        return rows[one.Length, other.Length];
    }
}
