namespace Evenkeel.Bench.Search;

/// <summary>An event as it is written.</summary>
internal sealed record MadeUpEvent(Guid Id, string Title, string Description, Guid? LocationId, DateOnly StartsOn, DateOnly EndsOn, bool IsVirtual, string[] Categories);

/// <summary>A city and its country's code.</summary>
internal sealed record City(Guid Id, Guid CountryId, string Name);

/// <summary>Events made from word lists, always the same: topics, kinds and places as unevenly spread as they are.</summary>
internal sealed class MadeUpEvents(IReadOnlyList<City> cities)
{
    /// <summary>Topics, the most frequent first.</summary>
    public static readonly string[] Topics =
    [
        "Cloud", "Data", "JavaScript", "Python", "Security", "Kubernetes", "Design", "Testing", "Agile", "Java", "DevOps", "Machine Learning", "Robotics", "Rust",
        "Photography", "Jazz", "Chess", "Pottery", "Gardening", "Marathon", "Cinema", "Theatre", "Poetry", "Astronomy", "Sailing", "Architecture", "Medicine", "Biology",
        "Climate", "Energy", "Fintech", "Blockchain", "Games", "Accessibility", "Typography", "Databases", "Networking", "Quantum", "Linguistics", "History",
        "人工智能", "云计算", "音乐", "摄影", "数据库",
    ];

    public static readonly string[] Categories =
        ["technology", "data", "web", "security", "design", "science", "music", "art", "sport", "business", "health", "education", "games", "nature", "literature"];

    private static readonly string[] Kinds = ["Conference", "Summit", "Days", "Meetup", "Workshop", "Forum", "Festival", "Week", "Camp", "Symposium"];
    private static readonly string[] Adjectives = ["International", "European", "Open", "Annual", "Practical", "Modern", "Global", "Local", "Advanced", "Friendly"];
    private static readonly string[] Sentences =
    [
        "Two days of talks and hands-on sessions about {0} for beginners and experts.", "Meet the people behind {0} and see what they are building.",
        "Speakers from research and industry show how {0} changes their work.", "A single track, long breaks, and an evening programme around {0}.",
        "Bring your own project: there is time and help for {0}.", "The venue is accessible and close to public transport.", "Tickets include lunch, coffee and all recordings.",
    ];

    private readonly Random _random = new(5);

    public IEnumerable<MadeUpEvent> Make(int count, DateOnly first)
    {
        for (var number = 0; number < count; number++)
        {
            var topic = Uneven(Topics);
            var other = Uneven(Topics);
            var city = cities[(int)(Math.Pow(_random.NextDouble(), 2) * cities.Count)];
            var isVirtual = _random.Next(5) == 0;
            var start = first.AddDays(_random.Next(730));
            yield return new MadeUpEvent(
                Guid.CreateVersion7(), $"{Any(Adjectives)} {topic} {Any(Kinds)} {city.Name} {number}",
                string.Join(' ', Enumerable.Range(0, 3).Select(_ => string.Format(System.Globalization.CultureInfo.InvariantCulture, Any(Sentences), _random.Next(2) == 0 ? topic : other))),
                isVirtual && _random.Next(2) == 0 ? null : city.Id, start, start.AddDays(_random.Next(4)), isVirtual,
                [.. Enumerable.Range(0, 1 + _random.Next(2)).Select(_ => Uneven(Categories)).Distinct().Order(StringComparer.Ordinal)]);
        }
    }

    private string Any(string[] values) => values[_random.Next(values.Length)];

    /// <summary>The first ones come much more often.</summary>
    private string Uneven(string[] values) => values[(int)(Math.Pow(_random.NextDouble(), 2) * values.Length)];
}
