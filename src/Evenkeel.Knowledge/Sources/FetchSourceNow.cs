using Evenkeel.Accounts;
using Evenkeel.Contracts.Errors;
using Evenkeel.Contracts.Knowledge;
using Evenkeel.Knowledge.Jobs;
using Evenkeel.Platform.Data;
using Evenkeel.Platform.Errors;
using Evenkeel.Platform.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Evenkeel.Knowledge.Sources;

/// <summary><c>POST …/sources/{source_id}/fetch</c>: fetches a web source again now.</summary>
internal static class FetchSourceNow
{
    public static async Task<Results<Accepted<KnowledgeSource>, ErrorResult>> HandleAsync(
        [AsParameters] SourceRoute route, Caller caller, Database database, QueueJobs queue, HttpContext http, CancellationToken cancellationToken)
    {
        var source = await SourceRow.LoadAsync(database, caller.OrganizationId, route, cancellationToken);
        if (source is not { Kind: SourceKind.Web })
        {
            return (ErrorResult)(source is null ? Error.NotFound : new Error(ErrorCode.Conflict));
        }

        // One that is under way goes on: beginning it anew would only fetch the same pages twice.
        if (source.FetchStatus is null)
        {
            await using var transaction = await database.BeginAsync(DataScope.Organization(caller.OrganizationId), cancellationToken);
            await queue.InTransactionAsync(
                transaction, JobLane.Fetch, [new JobSubject(caller.OrganizationId, route.Id, route.SourceId, null)], cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            queue.Committed();
            source = source with { FetchStatus = "queued" };
        }

        return TypedResults.Accepted((string?)null, source.ToWire(RequestLanguage.Of(http)));
    }
}
