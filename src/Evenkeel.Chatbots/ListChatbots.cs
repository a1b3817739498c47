using Evenkeel.Accounts;
using Evenkeel.Contracts.Chatbots;
using Evenkeel.Contracts.Chats;
using Evenkeel.Platform.Data;
using Evenkeel.Platform.Errors;
using Evenkeel.Platform.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Evenkeel.Chatbots;

/// <summary><c>GET /api/v1/chatbots</c>, oldest first.</summary>
internal static class ListChatbots
{
    public static async Task<Results<Ok<Page<Chatbot>>, ErrorResult>> HandleAsync(
        [AsParameters] PageRequest page, Caller caller, Database database, CancellationToken cancellationToken)
    {
        if (!page.Read().TryGet(out var start, out var error))
        {
            return (ErrorResult)error;
        }

        var rows = await database.QueryAsync<ChatbotRow>(
            DataScope.Organization(caller.OrganizationId),
            $"""
            SELECT {ChatbotRow.Columns} FROM chatbots
            WHERE organization_id = @OrganizationId AND deleted_at IS NULL AND id > @After ORDER BY id LIMIT @Rows
            """,
            new { caller.OrganizationId, start.After, Rows = start.Limit + 1 },
            cancellationToken);
        var items = rows.Take(start.Limit).Select(row => row.ToWire()).ToList();
        return TypedResults.Ok(new Page<Chatbot>(items, rows.Count > start.Limit ? items[^1].Id.ToString() : null));
    }
}
