using System.Text.Json;
using Dapper;
using Evenkeel.Accounts;
using Evenkeel.Contracts;
using Evenkeel.Contracts.Knowledge;
using Evenkeel.Knowledge.Jobs;
using Evenkeel.Platform.Data;
using Evenkeel.Platform.Errors;
using Evenkeel.Platform.Http;
using Evenkeel.Platform.Identifiers;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Evenkeel.Knowledge.Sources;

/// <summary><c>POST /api/v1/chatbots/{id}/sources</c>; a web source is queued to be fetched at once.</summary>
internal sealed class CreateSource(Database database, QueueJobs queue, IdSource ids, TimeProvider time)
{
    public static async Task<Results<Created<KnowledgeSource>, ErrorResult>> HandleAsync(
        Guid id, CreateSourceRequest request, Caller caller, CreateSource create, HttpContext http, CancellationToken cancellationToken)
    {
        if (!(await create.RunAsync(caller.OrganizationId, id, request, cancellationToken)).TryGet(out var row, out var error))
        {
            return (ErrorResult)error;
        }

        var source = row.ToWire(RequestLanguage.Of(http));
        return TypedResults.Created($"/api/v1/chatbots/{id}/sources/{source.Id}", source);
    }

    private async Task<Result<SourceRow>> RunAsync(Guid organizationId, Guid chatbotId, CreateSourceRequest request, CancellationToken cancellationToken)
    {
        var problems = new List<FieldProblem>();
        var web = SourceRules.Web(problems, request.Web);
        var name = SourceRules.Name(problems, request.Name) ?? Shortened(web?.Url);
        var visibility = SourceRules.Visibility(problems, request.Visibility) ?? SourceVisibility.Public;
        if (name is null)
        {
            problems.Add(FieldProblem.Required("name"));
        }

        if (problems.Count > 0)
        {
            return Error.Invalid(problems);
        }

        var source = new { Id = ids.Next(), organizationId, chatbotId, name, visibility, kind = web is null ? SourceKind.Files : SourceKind.Web,
            web = web is null ? null : JsonSerializer.Serialize(web, Wire.Json), now = time.GetUtcNow() };
        await using (var transaction = await database.BeginAsync(DataScope.Organization(organizationId), cancellationToken))
        {
            await transaction.Connection.ExecuteAsync(new CommandDefinition(
                """
                INSERT INTO knowledge_sources (id, organization_id, chatbot_id, name, kind, visibility, web, created_at)
                VALUES (@Id, @organizationId, @chatbotId, @name, @kind, @visibility, @web::jsonb, @now)
                """,
                source,
                transaction.Transaction,
                cancellationToken: cancellationToken));
            if (web is not null)
            {
                await queue.InTransactionAsync(transaction, JobLane.Fetch, [new JobSubject(organizationId, chatbotId, source.Id, null)], cancellationToken);
            }

            await transaction.CommitAsync(cancellationToken);
        }

        queue.Committed();
        return (await SourceRow.LoadAsync(database, organizationId, new SourceRoute { Id = chatbotId, SourceId = source.Id }, cancellationToken))!;
    }

    private static string? Shortened(string? url)
    {
        const int most = 200;
        return url is { Length: > most } ? url[..most] : url;
    }
}
