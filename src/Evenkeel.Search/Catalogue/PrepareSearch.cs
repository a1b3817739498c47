using Evenkeel.Catalog.Locations;
using Evenkeel.Catalog.Questions;
using Evenkeel.Contracts.Catalogue;
using Evenkeel.Contracts.Errors;
using Evenkeel.Platform.Data;
using Evenkeel.Platform.Errors;
using Evenkeel.Search.Catalogue.Indexing;
using NodaTime;

namespace Evenkeel.Search.Catalogue;

/// <summary>A search, ready to run.</summary>
/// <param name="Understood">What was understood, without what the request's own fields override.</param>
/// <param name="Conditions">What has to hold.</param>
internal sealed record PreparedSearch(UnderstoodQuestion Understood, EventConditions Conditions);

/// <summary>Turns words and fields into conditions.</summary>
internal sealed class PrepareSearch(IQuestionReading reading, IPlaces places, MeantPlaces meantPlaces, EventTerms terms, Database database, TimeProvider time)
{
    private const int MostSuggestions = 5;

    /// <summary>A request whose fields are right. <c>location_error</c> where its place is not known.</summary>
    /// <param name="organizationId">Whose catalogue.</param>
    /// <param name="request">What is asked for.</param>
    /// <param name="known">What its words say, where that was read already.</param>
    /// <param name="cancellationToken">Of the request.</param>
    public async Task<Result<PreparedSearch>> RunAsync(
        Guid organizationId, SearchRequest request, UnderstoodQuestion? known, CancellationToken cancellationToken)
    {
        var given = await PlacesOfAsync(organizationId, request, cancellationToken);
        if (!given.TryGet(out var place, out var error))
        {
            return error;
        }

        var zone = request.TimeZone ?? ReadSearchRequest.Utc;
        var isLiteral = request.Literal == true;
        var text = request.Query?.Trim() ?? "";
        var understood = isLiteral || text.Length == 0
            ? new UnderstoodQuestion { Query = text, Places = [], UnknownPlaces = [] }
            : Without(known ?? await reading.ReadAsync(organizationId, text, zone, cancellationToken), request, place.IsGiven);
        var meant = place.IsGiven ? place : await meantPlaces.OfAsync(organizationId, understood.Places, cancellationToken);
        var conditions = new EventConditions
        {
            OrganizationId = organizationId,
            Terms = understood.Query.Length == 0 ? [] : await terms.OfQueryAsync(understood.Query, isLiteral, cancellationToken),
            LocationIds = meant.LocationIds,
            Countries = meant.Countries,
            From = request.From ?? understood.Dates?.From,
            To = request.To ?? understood.Dates?.To,
            Categories = request.Categories is { Count: > 0 } categories ? [.. categories.Select(category => category.Trim().ToLowerInvariant())] : null,
            Virtual = request.Virtual ?? understood.Virtual,
            Today = Today(zone),
        };
        return new PreparedSearch(understood, conditions);
    }

    private DateOnly Today(string zone) => Instant.FromDateTimeOffset(time.GetUtcNow())
        .InZone(DateTimeZoneProviders.Tzdb.GetZoneOrNull(zone) ?? DateTimeZone.Utc).Date.ToDateOnly();

    /// <summary>A field says what its part of the question would say.</summary>
    private static UnderstoodQuestion Without(UnderstoodQuestion understood, SearchRequest request, bool isPlaceGiven) => understood with
    {
        Places = isPlaceGiven ? [] : understood.Places,
        UnknownPlaces = isPlaceGiven ? [] : understood.UnknownPlaces,
        Dates = request.From is null && request.To is null ? understood.Dates : null,
        Virtual = request.Virtual is null ? understood.Virtual : null,
    };

    private async Task<Result<PlaceCondition>> PlacesOfAsync(Guid organizationId, SearchRequest request, CancellationToken cancellationToken)
    {
        var ids = request.LocationIds is { Count: > 0 } given ? given : null;
        if (ids is not null && await UnknownAsync(organizationId, ids, cancellationToken))
        {
            return Error.Invalid(new FieldProblem("location_ids", "There is no such location.", "没有这样的地点。"));
        }

        var countries = request.Countries is { Count: > 0 } codes ? codes.Select(code => code.Trim().ToUpperInvariant()).ToList() : null;
        if (string.IsNullOrWhiteSpace(request.Location))
        {
            return new PlaceCondition(ids, countries, ids is not null || countries is not null);
        }

        var names = await places.NamesAsync(organizationId, cancellationToken);
        var folded = PlaceName.Fold(request.Location);
        var named = names.Named(folded) is { Count: > 0 } found ? found : InCountry(names, request.Location);
        if (named.Count == 0)
        {
            return Unknown(request.Location.Trim(), names.Similar(folded, MostSuggestions));
        }

        var meant = MeantPlaces.Of(names, [named[0]]);
        return ids is null && meant.Countries is { } its
            ? new PlaceCondition(null, countries ?? its, true)
            : new PlaceCondition([.. ids ?? [], .. meant.LocationIds ?? names.Within(named[0])], countries, true);
    }

    /// <summary>"Berlin, Germany": the place of the first name that is in the country of the last.</summary>
    private static IReadOnlyList<KnownPlace> InCountry(IPlaceNames names, string location)
    {
        var parts = location.Split([',', '，'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length < 2)
        {
            return [];
        }

        var countries = names.Named(PlaceName.Fold(parts[^1])).Select(place => place.CountryCode).ToHashSet(StringComparer.Ordinal);
        return [.. names.Named(PlaceName.Fold(parts[0])).Where(place => place.CountryCode is not null && countries.Contains(place.CountryCode))];
    }

    private static Error Unknown(string location, IReadOnlyList<KnownPlace> similar)
    {
        var english = string.Join(", ", similar.Select(place => place.Name).Distinct(StringComparer.Ordinal));
        var chinese = string.Join("、", similar.Select(place => place.ChineseName ?? place.Name).Distinct(StringComparer.Ordinal));
        return new Error(ErrorCode.LocationError)
        {
            Fields =
            [
                similar.Count == 0
                    ? new FieldProblem("location", $"No place called “{location}” is known.", $"没有名为“{location}”的地点。")
                    : new FieldProblem("location", $"No place called “{location}” is known. Did you mean {english}?", $"没有名为“{location}”的地点。您是不是要找：{chinese}？"),
            ],
        };
    }

    private async Task<bool> UnknownAsync(Guid organizationId, IReadOnlyList<Guid> ids, CancellationToken cancellationToken) =>
        await database.QueryFirstOrDefaultAsync<int>(
            DataScope.Organization(organizationId), "SELECT count(*)::integer FROM locations WHERE organization_id = @organizationId AND id = ANY (@ids)",
            new { organizationId, ids = ids.ToArray() }, cancellationToken) < ids.Distinct().Count();
}
