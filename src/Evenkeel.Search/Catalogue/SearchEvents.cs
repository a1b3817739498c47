using Evenkeel.Accounts;
using Evenkeel.Contracts.Catalogue;
using Evenkeel.Platform.Errors;
using Evenkeel.Platform.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Evenkeel.Search.Catalogue;

/// <summary><c>POST /api/v1/search</c> and <c>GET /api/v1/search/{handle}</c>.</summary>
internal static class SearchEvents
{
    public static async Task<Results<Ok<SearchResponse>, ErrorResult>> HandleAsync(
        SearchRequest request, Caller caller, EventSearch search, CancellationToken cancellationToken)
    {
        var outcome = await search.SearchAsync(caller.OrganizationId, caller.UserId, request, cancellationToken);
        return outcome.TryGet(out var response, out var error) ? TypedResults.Ok(response) : (ErrorResult)error;
    }

    public static async Task<Results<Ok<SearchPage>, ErrorResult>> PageAsync(
        string handle, [AsParameters] PageRequest page, Caller caller, EventSearch search, CancellationToken cancellationToken)
    {
        if (!page.ReadOrdinal().TryGet(out var start, out var problem))
        {
            return (ErrorResult)problem;
        }

        var outcome = await search.PageAsync(caller.OrganizationId, handle, Math.Max(-1, start.After), start.Limit, cancellationToken);
        return outcome.TryGet(out var found, out var error) ? TypedResults.Ok(found) : (ErrorResult)error;
    }
}
