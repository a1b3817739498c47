using Evenkeel.Accounts;
using Evenkeel.Contracts.Knowledge;
using Evenkeel.Platform.Data;
using Evenkeel.Platform.Errors;
using Evenkeel.Platform.Identifiers;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Evenkeel.Knowledge.Sources;

/// <summary><c>POST /api/v1/chatbots/{id}/sources</c>.</summary>
internal static class CreateSource
{
    private const int MostNameCharacters = 200;

    public static async Task<Results<Created<KnowledgeSource>, ErrorResult>> HandleAsync(
        Guid id, CreateSourceRequest request, Caller caller, [AsParameters] Services services, CancellationToken cancellationToken)
    {
        var problems = new List<FieldProblem>();
        var name = TextField.Line(problems, "name", request.Name, MostNameCharacters);
        if (string.IsNullOrEmpty(name))
        {
            problems.Add(FieldProblem.Required("name"));
        }

        if (problems.Count > 0)
        {
            return (ErrorResult)Error.Invalid(problems);
        }

        var row = await services.Database.QueryFirstOrDefaultAsync<SourceRow>(
            DataScope.Organization(caller.OrganizationId),
            $"""
            INSERT INTO knowledge_sources (id, organization_id, chatbot_id, name, kind, created_at)
            VALUES (@SourceId, @OrganizationId, @id, @name, 'files', @now) RETURNING {SourceRow.Columns}
            """,
            new { SourceId = services.Ids.Next(), caller.OrganizationId, id, name, now = services.Time.GetUtcNow() },
            cancellationToken);
        var source = row!.ToWire();
        return TypedResults.Created($"/api/v1/chatbots/{id}/sources/{source.Id}", source);
    }

    internal readonly record struct Services(Database Database, IdSource Ids, TimeProvider Time);
}
