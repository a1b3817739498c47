using System.Text.Json;
using Dapper;
using Evenkeel.Accounts;
using Evenkeel.Contracts;
using Evenkeel.Contracts.Knowledge;
using Evenkeel.Knowledge.Jobs;
using Evenkeel.Platform.Data;
using Evenkeel.Platform.Errors;
using Evenkeel.Platform.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Evenkeel.Knowledge.Sources;

/// <summary><c>PATCH …/sources/{source_id}</c>: name, visibility, and what a web source fetches; other addresses are fetched at once.</summary>
internal sealed class ChangeSource(Database database, QueueJobs queue, KnowledgeVersions versions)
{
    public static async Task<Results<Ok<KnowledgeSource>, ErrorResult>> HandleAsync(
        [AsParameters] SourceRoute route, ChangeSourceRequest request, Caller caller, ChangeSource change, HttpContext http, CancellationToken cancellationToken) =>
        (await change.RunAsync(caller.OrganizationId, route, request, cancellationToken)).TryGet(out var row, out var error)
            ? TypedResults.Ok(row.ToWire(RequestLanguage.Of(http)))
            : (ErrorResult)error;

    private async Task<Result<SourceRow>> RunAsync(Guid organizationId, SourceRoute route, ChangeSourceRequest request, CancellationToken cancellationToken)
    {
        var problems = new List<FieldProblem>();
        var name = SourceRules.Name(problems, request.Name);
        var visibility = SourceRules.Visibility(problems, request.Visibility);
        var web = SourceRules.Web(problems, request.Web);
        var before = await SourceRow.LoadAsync(database, organizationId, route, cancellationToken);
        if (before is null)
        {
            return Error.NotFound;
        }

        if (web is not null && before.Kind != SourceKind.Web)
        {
            problems.Add(new FieldProblem("web", "This source does not fetch from the web.", "该来源不从网络抓取。"));
        }

        if (problems.Count > 0)
        {
            return Error.Invalid(problems);
        }

        var version = await StoreAsync(organizationId, route, (name, visibility, web), cancellationToken);
        versions.Committed(organizationId, route.Id, version);
        queue.Committed();
        return await SourceRow.LoadAsync(database, organizationId, route, cancellationToken) is { } after ? after : Error.NotFound;
    }

    private async Task<long> StoreAsync(
        Guid organizationId, SourceRoute route, (string? Name, string? Visibility, WebSourceSettings? Web) change, CancellationToken cancellationToken)
    {
        await using var transaction = await database.BeginAsync(DataScope.Organization(organizationId), cancellationToken);
        await transaction.Connection.ExecuteAsync(new CommandDefinition(
            """
            UPDATE knowledge_sources SET name = coalesce(@Name, name), visibility = coalesce(@Visibility, visibility), web = coalesce(@web::jsonb, web)
            WHERE id = @SourceId AND chatbot_id = @Id AND deleted_at IS NULL
            """,
            new
            {
                change.Name, change.Visibility, route.SourceId, route.Id,
                web = change.Web is null ? null : JsonSerializer.Serialize(change.Web, Wire.Json),
            },
            transaction.Transaction,
            cancellationToken: cancellationToken));
        if (change.Web is not null)
        {
            await queue.InTransactionAsync(transaction, JobLane.Fetch, [new JobSubject(organizationId, route.Id, route.SourceId, null)], cancellationToken);
        }

        var version = await KnowledgeVersions.BumpInTransactionAsync(transaction, organizationId, route.Id, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return version;
    }
}
