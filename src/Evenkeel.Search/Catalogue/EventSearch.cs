using Evenkeel.Catalog.Events;
using Evenkeel.Contracts.Catalogue;
using Evenkeel.Platform.Errors;
using Evenkeel.Search.Catalogue.Handles;
using Evenkeel.Search.Catalogue.Meaning;

namespace Evenkeel.Search.Catalogue;

internal sealed class EventSearch(
    PrepareSearch prepare, EventBackends backends, SearchHandles handles, ICatalogueEvents events, CatalogueSize size, RankByMeaning meaning, TimeProvider time) : IEventSearch
{
    private const int MostForTurn = 50;

    public Task<bool> HasEventsAsync(Guid organizationId, CancellationToken cancellationToken) => size.HasEventsAsync(organizationId, cancellationToken);

    public Task<Result<SearchResponse>> SearchAsync(Guid organizationId, SearchRequest request, CancellationToken cancellationToken) =>
        SearchAsync(organizationId, null, request, cancellationToken);

    /// <summary>The same for somebody.</summary>
    public async Task<Result<SearchResponse>> SearchAsync(Guid organizationId, Guid? userId, SearchRequest request, CancellationToken cancellationToken)
    {
        if (ReadSearchRequest.Problems(request) is { Count: > 0 } problems)
        {
            return Error.Invalid(problems);
        }

        var begin = time.GetTimestamp();
        var outcome = await prepare.RunAsync(organizationId, request, null, cancellationToken);
        if (!outcome.TryGet(out var prepared, out var error))
        {
            return error;
        }

        var matches = await FindAsync(prepared.Understood, prepared.Conditions, cancellationToken);
        var (handle, expiresAt) = await handles.StoreAsync(
            new HandleToStore
            {
                OrganizationId = organizationId, UserId = userId, Query = request.Query, Understood = prepared.Understood, Matches = matches,
            },
            cancellationToken);
        var limit = request.Limit ?? ReadSearchRequest.DefaultLimit;
        return new SearchResponse
        {
            Handle = handle,
            ExpiresAt = expiresAt,
            Total = matches.Total,
            Items = await HitsAsync(organizationId, matches.EventIds, matches.Scores, limit, cancellationToken),
            NextCursor = matches.EventIds.Count > limit ? Cursor(limit - 1) : null,
            Facets = matches.Facets,
            Understood = prepared.Understood,
            TookMs = Math.Round(time.GetElapsedTime(begin).TotalMilliseconds, 3),
            Backend = matches.Backend,
            Warnings = matches.Warnings,
        };
    }

    /// <summary>A further page of results: the same ones in the same order; those that are gone from the catalogue are left out.</summary>
    public async Task<Result<SearchPage>> PageAsync(Guid organizationId, string handle, int after, int limit, CancellationToken cancellationToken)
    {
        var outcome = await handles.ReadAsync(organizationId, handle, after, limit, cancellationToken);
        return outcome.TryGet(out var page, out var error)
            ? new SearchPage(
                await HitsAsync(organizationId, page.EventIds, page.Scores, limit, cancellationToken), page.HasMore ? Cursor(after + limit) : null)
            : error;
    }

    public async Task<EventFinding> FindAsync(EventQuery query, CancellationToken cancellationToken)
    {
        var begin = time.GetTimestamp();
        var request = new SearchRequest { Query = query.Text, TimeZone = query.TimeZone };
        // Only a place given apart from the question can be refused.
        var prepared = (await prepare.RunAsync(query.OrganizationId, request, query.Understood, cancellationToken)).Value!;
        var conditions = prepared.Conditions with { OnlyEvents = query.OnlyEvents, Most = Math.Clamp(query.Limit, 1, MostForTurn), CountsFacets = false };
        var matches = await FindAsync(prepared.Understood, conditions, cancellationToken);
        var words = matches.HasEveryWord ? WordsFound.Every : WordsFound.Some;
        if (matches.Total == 0 && WithoutWords(conditions) is { } looser)
        {
            (conditions, words) = (looser, WordsFound.None);
            matches = await backends.SearchAsync(conditions, cancellationToken);
        }

        var hits = await HitsAsync(query.OrganizationId, matches.EventIds, matches.Scores, conditions.Most, cancellationToken);
        var reason = Reason(conditions);
        return new EventFinding
        {
            Understood = prepared.Understood,
            Hits = [.. hits.Select(hit => new FoundEvent(hit.Event, hit.Score, reason))],
            Words = words,
            Total = matches.Total,
            Warnings = matches.Warnings,
            Backend = matches.Backend,
            TookMs = Math.Round(time.GetElapsedTime(begin).TotalMilliseconds, 3),
        };
    }

    public async Task<Result<IReadOnlyList<Guid>>> EventsOfAsync(Guid organizationId, string handle, CancellationToken cancellationToken)
    {
        var outcome = await handles.ReadAsync(organizationId, handle, -1, EventMatches.Most, cancellationToken);
        return outcome.TryGet(out var page, out var error) ? new List<Guid>(page.EventIds) : error;
    }

    private async Task<EventMatches> FindAsync(UnderstoodQuestion understood, EventConditions conditions, CancellationToken cancellationToken)
    {
        if (conditions.Terms.Count == 0)
        {
            return await backends.SearchAsync(conditions, cancellationToken);
        }

        var (question, warning) = await meaning.EmbedAsync(understood.Query, cancellationToken);
        var matches = await backends.SearchAsync(conditions with { Meaning = question }, cancellationToken);
        return warning is not null ? matches with { Warnings = [.. matches.Warnings, warning] }
            : question is not null ? await meaning.OrderAsync(conditions.OrganizationId, matches, question, cancellationToken)
            : matches;
    }

    private static string Cursor(int place) => place.ToString(System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>
    /// What is left of a question that found nothing: "which of them is the cheapest?" asks about all of the given events, and 柏林有哪些数据会议 about Berlin where
    /// everything is described in English. Null where nothing would be left.
    /// </summary>
    private static EventConditions? WithoutWords(EventConditions asked) =>
        asked.OnlyEvents is { Count: > 0 } only
            ? new EventConditions { OrganizationId = asked.OrganizationId, OnlyEvents = only, Today = asked.Today, Most = asked.Most, CountsFacets = asked.CountsFacets }
        : asked.Terms.Count > 0 && (asked.LocationIds is not null || asked.Countries is not null || asked.From is not null || asked.To is not null || asked.Virtual is not null)
            ? asked with { Terms = [] }
        : null;

    private static string Reason(EventConditions conditions) =>
        conditions.Terms.Count > 0 ? "words"
        : conditions.LocationIds is not null || conditions.Countries is not null ? "place"
        : conditions.From is not null || conditions.To is not null ? "date"
        : conditions.Categories is not null ? "category"
        : "all";

    private async Task<IReadOnlyList<EventHit>> HitsAsync(
        Guid organizationId, IReadOnlyList<Guid> ids, IReadOnlyList<float> scores, int most, CancellationToken cancellationToken)
    {
        var wanted = ids.Take(most).ToList();
        if (wanted.Count == 0)
        {
            return [];
        }

        var score = wanted.Zip(scores).ToDictionary(pair => pair.First, pair => pair.Second);
        return [.. (await events.ReadAsync(organizationId, wanted, cancellationToken)).Select(found => new EventHit(found, Math.Round(score[found.Id], 4)))];
    }
}
