using System.Diagnostics;
using Evenkeel.Bench.Processes;
using Evenkeel.Search.Catalogue;

namespace Evenkeel.Bench.Search;

/// <summary>A large catalogue: how fast it is written and indexed, and how fast searches with facets are answered, one after another.</summary>
internal sealed class SearchBenchmark(string results, int events, int searches)
{
    private const int Countries = 40;
    private const int CitiesEach = 12;
    private const int WarmUp = 100;

    private static readonly DateOnly First = new(2026, 1, 1);

    private readonly Random _random = new(9);
    private IReadOnlyList<City> _cities = [];

    public async Task<SearchReport> RunAsync(Action<string> say)
    {
        var machine = Machine.Describe();
        say("starting the database …");
        await using var catalogue = await EventCatalogue.StartAsync(results);
        _cities = await catalogue.AddPlacesAsync(Countries, CitiesEach);
        say($"{events} events …");
        var (written, indexed) = await catalogue.AddAsync(new MadeUpEvents(_cities).Make(events, First));
        var figures = new List<SearchFigures>();
        foreach (var (name, make) in Kinds())
        {
            say($"{name} …");
            figures.Add(await MeasureAsync(catalogue, name, make));
        }

        return new SearchReport
        {
            Machine = machine,
            Events = events,
            WrittenPerSecond = events / written,
            IndexedPerSecond = events / indexed,
            WrittenAndIndexedPerSecond = events / (written + indexed),
            Searches = figures,
        };
    }

    private IEnumerable<(string Name, Func<EventConditions, EventConditions> Make)> Kinds()
    {
        yield return ("text, country, month, category", conditions => Dated(InCountry(InCategory(conditions)), 30));
        yield return ("text, city, quarter, category", conditions => Dated(InCity(InCategory(conditions)), 90));
        yield return ("text, country, year, in person", conditions => Dated(InCountry(conditions), 365) with { Virtual = false });
        yield return ("text alone", conditions => conditions);
        yield return ("quarter and category, no text", conditions => Dated(InCategory(conditions), 90) with { Terms = [] });
    }

    private async Task<SearchFigures> MeasureAsync(EventCatalogue catalogue, string name, Func<EventConditions, EventConditions> make)
    {
        var times = new List<double>();
        var found = new List<int>();
        for (var number = 0; number < WarmUp + searches; number++)
        {
            var words = MadeUpEvents.Topics[_random.Next(MadeUpEvents.Topics.Length)] + (_random.Next(2) == 0 ? " talks" : "");
            var filters = make(new EventConditions { OrganizationId = catalogue.OrganizationId, Today = First, Terms = [["0"]] });
            var begin = Stopwatch.GetTimestamp();
            var conditions = filters.Terms.Count == 0 ? filters : filters with { Terms = await catalogue.Terms.OfQueryAsync(words, isLiteral: false, CancellationToken.None) };
            var matches = await catalogue.Backend.SearchAsync(conditions, CancellationToken.None);
            if (number >= WarmUp)
            {
                times.Add(Stopwatch.GetElapsedTime(begin).TotalMilliseconds);
                found.Add(matches.Total);
            }
        }

        times.Sort();
        found.Sort();
        return new SearchFigures(name, times[times.Count / 2], times[times.Count * 99 / 100], found[found.Count / 2], found[^1]);
    }

    private EventConditions InCountry(EventConditions conditions) => conditions with { LocationIds = [City().CountryId] };

    private EventConditions InCity(EventConditions conditions) => conditions with { LocationIds = [City().Id] };

    private EventConditions InCategory(EventConditions conditions) =>
        conditions with { Categories = [MadeUpEvents.Categories[_random.Next(MadeUpEvents.Categories.Length)]] };

    private EventConditions Dated(EventConditions conditions, int days)
    {
        var from = First.AddDays(_random.Next(730 - days));
        return conditions with { From = from, To = from.AddDays(days) };
    }

    private City City() => _cities[_random.Next(_cities.Count)];
}
