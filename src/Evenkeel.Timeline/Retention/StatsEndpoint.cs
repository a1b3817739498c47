using Evenkeel.Accounts;
using Evenkeel.Contracts.Operations;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Evenkeel.Timeline.Retention;

/// <summary><c>GET /api/v1/admin/timeline/stats</c>: what is stored of the caller's organization; of the whole installation, with its bytes, for operators.</summary>
internal static class StatsEndpoint
{
    public static async Task<Ok<TimelineStats>> HandleAsync(Caller caller, IOperators operators, ITimelineStats stats, CancellationToken cancellationToken) =>
        TypedResults.Ok(await operators.IncludeAsync(caller, cancellationToken)
            ? await stats.OfInstallationAsync(cancellationToken)
            : await stats.OfAsync(caller.OrganizationId, cancellationToken));
}
