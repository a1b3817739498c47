using Evenkeel.Contracts.Catalogue;
using Evenkeel.Search.Catalogue;
using Shouldly;

namespace Evenkeel.Tests.Search.Catalogue;

/// <summary>Events of a catalogue made by chance, always the same, and what fits conditions by looking at each of them.</summary>
internal sealed class RandomEvents
{
    private static readonly string[] Words = ["kotlin", "rust", "cloud", "robot", "garden", "music"];
    private static readonly string[] Categories = ["art", "data", "web"];
    private static readonly (string Name, string Code)[] Countries = [("Norway", "NO"), ("Peru", "PE"), ("Kenya", "KE")];

    private readonly Guid _organization;
    private readonly List<MadeEvent> _events = [];
    private readonly Dictionary<Guid, (string Code, Guid Country)> _cities = [];
    private readonly List<Guid> _countries = [];

    private RandomEvents(Guid organization) => _organization = organization;

    public static async Task<RandomEvents> FillAsync(EventWorld world, Guid organization, int count)
    {
        var made = new RandomEvents(organization);
        foreach (var (name, code) in Countries)
        {
            made._countries.Add(await world.PlaceAsync(organization, name, "country", null, code));
            for (var number = 0; number < 2; number++)
            {
                made._cities[await world.PlaceAsync(organization, $"City{number}", "city", made._countries[^1], code)] = (code, made._countries[^1]);
            }
        }

        var random = new Random(11);
        made._events.AddRange(Enumerable.Range(0, count).Select(_ => made.Next(random)));
        await world.AddAsync(organization, made._events);
        return made;
    }

    /// <summary>Conditions made by chance, and the events that fit.</summary>
    public async Task<(EventConditions Conditions, IReadOnlyList<MadeEvent> Expected)> ConditionsAsync(EventWorld world, int round)
    {
        var random = new Random(round);
        bool Maybe() => random.Next(3) == 0;
        var words = Maybe() ? Some(random, Words, 2) : [];
        var from = EventWorld.Today.AddDays(random.Next(-100, 100));
        var conditions = await world.ConditionsAsync(_organization, string.Join(' ', words)) with
        {
            LocationIds = !Maybe() ? null : random.Next(2) == 0 ? Some(random, [.. _cities.Keys], 2) : Some(random, [.. _countries], 1),
            From = Maybe() ? from : null,
            To = Maybe() ? from.AddDays(random.Next(0, 60)) : null,
            Categories = Maybe() ? Some(random, Categories, 2) : null,
            Countries = Maybe() ? Some(random, [.. Countries.Select(country => country.Code)], 2) : null,
            Virtual = Maybe() ? random.Next(2) == 0 : null,
            OnlyEvents = Maybe() ? [.. _events.Where(_ => random.Next(2) == 0).Select(made => made.Id)] : null,
        };
        var fitting = _events.Where(made => Fits(made, conditions)).ToList();
        var every = fitting.Where(made => words.All(word => Has(made, word))).ToList();
        return (conditions, every.Count > 0 || words.Length == 0 ? every : [.. fitting.Where(made => words.Any(word => Has(made, word)))]);
    }

    public void ShouldCount(SearchFacets facets, IReadOnlyList<MadeEvent> expected)
    {
        Counts(facets.Categories).ShouldBe(Count(expected.SelectMany(made => made.Categories)), ignoreOrder: true);
        Counts(facets.Countries).ShouldBe(Count(expected.Where(made => made.LocationId is not null).Select(made => _cities[made.LocationId!.Value].Code)), ignoreOrder: true);
        Counts(facets.Months).ShouldBe(Count(expected.Select(made => $"{made.StartsOn:yyyy-MM}")).OrderBy(pair => pair.Item1, StringComparer.Ordinal));
        Counts(facets.Virtual).ShouldBe(
            Count(expected.Where(made => made.IsVirtual).Select(_ => "true").Concat(expected.Where(IsInPerson).Select(_ => "false"))), ignoreOrder: true);
        facets.Countries.ShouldAllBe(country => Countries.Any(known => known.Code == country.Value && known.Name == country.Label));
    }

    private MadeEvent Next(Random random) => new()
    {
        Title = string.Join(' ', Some(random, Words, 2)),
        Description = string.Join(' ', Some(random, Words, 1)),
        StartsOn = EventWorld.Today.AddDays(random.Next(-120, 120)),
        Days = random.Next(1, 5),
        LocationId = random.Next(4) == 0 ? null : Some(random, [.. _cities.Keys], 1)[0],
        IsVirtual = random.Next(3) == 0,
        Categories = Some(random, Categories, random.Next(0, 3)),
    };

    private bool Fits(MadeEvent made, EventConditions conditions) =>
        (conditions.LocationIds is null || (made.LocationId is { } city && (conditions.LocationIds.Contains(city) || conditions.LocationIds.Contains(_cities[city].Country))))
        && (conditions.From is null || made.EndsOn >= conditions.From) && (conditions.To is null || made.StartsOn <= conditions.To)
        && (conditions.Categories is null || conditions.Categories.Any(made.Categories.Contains))
        && (conditions.Countries is null || (made.LocationId is { } place && conditions.Countries.Contains(_cities[place].Code)))
        && (conditions.Virtual is null || (conditions.Virtual.Value ? made.IsVirtual : IsInPerson(made)))
        && (conditions.OnlyEvents is null || conditions.OnlyEvents.Contains(made.Id));

    private static bool IsInPerson(MadeEvent made) => !made.IsVirtual || made.LocationId is not null;

    private static bool Has(MadeEvent made, string word) => made.Title.Contains(word, StringComparison.Ordinal) || made.Description.Contains(word, StringComparison.Ordinal);

    private static T[] Some<T>(Random random, T[] values, int most) => [.. values.OrderBy(_ => random.Next()).Take(most)];

    private static IEnumerable<(string, int)> Counts(IEnumerable<FacetValue> values) => values.Select(value => (value.Value, value.Count));

    private static IEnumerable<(string, int)> Count(IEnumerable<string> values) => values.CountBy(value => value).Select(pair => (pair.Key, pair.Value));
}
