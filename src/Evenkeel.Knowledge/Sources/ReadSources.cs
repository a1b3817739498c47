using Evenkeel.Accounts;
using Evenkeel.Contracts.Chats;
using Evenkeel.Contracts.Knowledge;
using Evenkeel.Platform.Data;
using Evenkeel.Platform.Errors;
using Evenkeel.Platform.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Evenkeel.Knowledge.Sources;

/// <summary><c>GET /api/v1/chatbots/{id}/sources[/{source_id}]</c>.</summary>
internal static class ReadSources
{
    public static async Task<Results<Ok<Page<KnowledgeSource>>, ErrorResult>> ListAsync(
        Guid id, [AsParameters] PageRequest page, Caller caller, Database database, HttpContext http, CancellationToken cancellationToken)
    {
        if (!page.Read().TryGet(out var start, out var error))
        {
            return (ErrorResult)error;
        }

        var rows = await database.QueryAsync<SourceRow>(
            DataScope.Organization(caller.OrganizationId),
            $"{SourceRow.Query} WHERE source.chatbot_id = @id AND source.id > @After AND source.deleted_at IS NULL ORDER BY source.id LIMIT @Rows",
            new { id, start.After, Rows = start.Limit + 1 },
            cancellationToken);
        var items = rows.Take(start.Limit).Select(row => row.ToWire(RequestLanguage.Of(http))).ToList();
        return TypedResults.Ok(new Page<KnowledgeSource>(items, rows.Count > start.Limit ? items[^1].Id.ToString() : null));
    }

    public static async Task<Results<Ok<KnowledgeSource>, ErrorResult>> GetAsync(
        [AsParameters] SourceRoute route, Caller caller, Database database, HttpContext http, CancellationToken cancellationToken) =>
        await SourceRow.LoadAsync(database, caller.OrganizationId, route, cancellationToken) is { } row
            ? TypedResults.Ok(row.ToWire(RequestLanguage.Of(http)))
            : (ErrorResult)Error.NotFound;
}
