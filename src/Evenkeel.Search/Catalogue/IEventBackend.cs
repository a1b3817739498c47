using Evenkeel.Contracts.Catalogue;

namespace Evenkeel.Search.Catalogue;

/// <summary>A prepared query: what has to hold of an event. All that is not null holds together.</summary>
internal sealed record EventConditions
{
    public required Guid OrganizationId { get; init; }

    /// <summary>Words to find, each in the forms it may have in a text; none = every event that fits the rest, soonest first.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Terms { get; init; } = [];

    /// <summary>Places; an event in one of them or in what they contain fits. An empty list fits nothing.</summary>
    public IReadOnlyList<Guid>? LocationIds { get; init; }

    /// <summary>First day, inclusive.</summary>
    public DateOnly? From { get; init; }

    /// <summary>Last day, inclusive.</summary>
    public DateOnly? To { get; init; }

    /// <summary>An event of one of these fits.</summary>
    public IReadOnlyList<string>? Categories { get; init; }

    /// <summary>Codes; an event in one of these fits.</summary>
    public IReadOnlyList<string>? Countries { get; init; }

    /// <summary>True = can be attended from anywhere; false = can be attended in person.</summary>
    public bool? Virtual { get; init; }

    /// <summary>Nothing else may come out.</summary>
    public IReadOnlyList<Guid>? OnlyEvents { get; init; }

    /// <summary>What the question means; null where nothing is compared by meaning.</summary>
    public QuestionVector? Meaning { get; init; }

    /// <summary>The person's day.</summary>
    public required DateOnly Today { get; init; }

    /// <summary>What is over comes last, unless nothing else is asked for; where nothing that is over can be found there is nothing to order.</summary>
    public bool IsUpcomingFirst => !(To < Today) && !(From >= Today);

    /// <summary>False: nobody shows <see cref="EventMatches.Facets"/>, and none are counted.</summary>
    public bool CountsFacets { get; init; } = true;

    /// <summary>Most events given; all are counted.</summary>
    public int Most { get; init; } = EventMatches.Most;
}

/// <summary>A question as a vector.</summary>
/// <param name="Numbers">Of unit length.</param>
/// <param name="Space">Of the model: only vectors of the same can be compared.</param>
/// <param name="LeastSimilarity">Cosine below which an event that has none of the words is not found.</param>
internal sealed record QuestionVector(float[] Numbers, string Space, double LeastSimilarity);

/// <summary>What was found.</summary>
internal sealed record EventMatches
{
    /// <summary>Ids that one search gives, and a handle holds.</summary>
    public const int Most = 10_000;

    /// <summary>Nothing.</summary>
    public static EventMatches None { get; } = new() { Backend = "", EventIds = [], Upcoming = 0, Scores = [], Total = 0, Facets = FacetsOf.None };

    /// <summary>What answered.</summary>
    public required string Backend { get; init; }

    /// <summary>Best first.</summary>
    public required IReadOnlyList<Guid> EventIds { get; init; }

    /// <summary>How many of the ids, from the first on, are of events that are not over; those behind are, and are ordered among themselves.</summary>
    public required int Upcoming { get; init; }

    /// <summary>In the order of the ids, 0 to 1; 1 for the best.</summary>
    public required IReadOnlyList<float> Scores { get; init; }
    public required int Total { get; init; }

    /// <summary>False where no event has all the words: these have one of them, or mean the same.</summary>
    public bool HasEveryWord { get; init; } = true;
    public required SearchFacets Facets { get; init; }

    /// <summary>Of the first ids, in their order, where the backend has them at hand: 16-bit numbers; null where an event has none yet.</summary>
    public IReadOnlyList<byte[]?>? Vectors { get; init; }
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>
    /// Scores of a backend as they are given: parts of the best; all alike where nothing was ranked. What was found by meaning alone has nothing from words.
    /// </summary>
    public static float[] Relative(float[] scores, bool areRanked)
    {
        var best = scores.DefaultIfEmpty().Max();
        return Array.ConvertAll(scores, score => !areRanked ? 1 : best > 0 ? score / best : 0);
    }
}

/// <summary>How far an index being made anew is.</summary>
/// <param name="IsRunning">It is being made.</param>
/// <param name="Done">Events that are in.</param>
/// <param name="Total">Events there were when it began.</param>
/// <param name="StartedAt">Null where none was ever made anew.</param>
/// <param name="FinishedAt">Null while it is being made.</param>
internal sealed record RebuildState(bool IsRunning, int Done, int Total, DateTimeOffset? StartedAt, DateTimeOffset? FinishedAt);

/// <summary>Where events are searched. It holds copies only: the catalogue is what counts.</summary>
internal interface IEventBackend
{
    /// <summary>As in <see cref="SearchResponse.Backend"/>.</summary>
    string Name { get; }

    /// <summary>Finds, ranks and counts in one round trip.</summary>
    Task<EventMatches> SearchAsync(EventConditions conditions, CancellationToken cancellationToken);

    /// <summary>Takes in some of the changes that wait for it; those of an organization that another process is at are left to it.</summary>
    /// <returns>Changes taken in.</returns>
    Task<int> ApplyChangesAsync(Guid organizationId, CancellationToken cancellationToken);

    /// <summary>Begins to make an organization's index anew beside the one that is searched; does nothing while that is under way.</summary>
    Task<RebuildState> StartRebuildAsync(Guid organizationId, CancellationToken cancellationToken);

    /// <summary>Does a piece of it, and switches at the end.</summary>
    /// <returns>Whether there is more to do.</returns>
    Task<bool> ContinueRebuildAsync(Guid organizationId, CancellationToken cancellationToken);

    /// <summary>How far it is.</summary>
    Task<RebuildState> RebuildStateAsync(Guid organizationId, CancellationToken cancellationToken);
}
