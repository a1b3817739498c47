using Evenkeel.Accounts;
using Evenkeel.Contracts.Chats;
using Evenkeel.Contracts.Operations;
using Evenkeel.Platform.Data;
using Evenkeel.Platform.Errors;
using Evenkeel.Platform.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Evenkeel.Timeline.Webhooks;

/// <summary><c>/api/v1/admin/webhooks</c>.</summary>
internal static class WebhookEndpoints
{
    private const int MostBodyBytes = 64 * 1024;

    public static void MapWebhooks(this IEndpointRouteBuilder routes)
    {
        var webhooks = routes.MapGroup("/api/v1/admin/webhooks").WithTags("Webhooks").WithMetadata(new RequestSizeLimitAttribute(MostBodyBytes)).RequireSignIn();
        string[] managers = [MemberRole.Owner, MemberRole.Admin];
        webhooks.MapGet("", ListAsync).RequireRole(managers).WithSummary("Webhooks of the organization, newest first");
        webhooks.MapPost("", CreateAsync).RequireRole(managers).WithSummary("Send events to an address; the secret that signs them is shown this once");
        webhooks.MapGet("/{id:guid}", FindAsync).RequireRole(managers).WithSummary("One webhook");
        webhooks.MapPut("/{id:guid}", ChangeAsync).RequireRole(managers).WithSummary("Change a webhook, or switch it on or off");
        webhooks.MapDelete("/{id:guid}", DeleteAsync).RequireRole(managers).WithSummary("Delete a webhook with what waits for it");
        webhooks.MapPost("/{id:guid}/secret", RotateAsync).RequireRole(managers).WithSummary("A new secret; for a day the old one signs, too");
        webhooks.MapGet("/{id:guid}/deliveries", ListDeliveries.HandleAsync).RequireRole(managers).WithSummary("What was sent, newest first");
        webhooks.MapPost("/{id:guid}/replay", ReplayEvents.HandleAsync).RequireRole(managers).WithSummary("Send a session's events again from a number on");
        webhooks.MapPost("/{id:guid}/test", TryWebhook.HandleAsync).RequireRole(managers).WithSummary("Send a test and say how it went");
    }

    private static async Task<Results<Ok<Page<EventWebhook>>, ErrorResult>> ListAsync(
        [AsParameters] PageRequest page, Caller caller, Database database, CancellationToken cancellationToken)
    {
        if (!page.Read().TryGet(out var start, out var error))
        {
            return (ErrorResult)error;
        }

        var rows = await database.QueryAsync<WebhookRow>(
            DataScope.Organization(caller.OrganizationId),
            $"""
            SELECT {WebhookRow.Columns} FROM event_webhooks w
            WHERE w.organization_id = @OrganizationId {(start.After == Guid.Empty ? "" : "AND w.id < @After")}
            ORDER BY w.id DESC LIMIT @Rows
            """,
            new { caller.OrganizationId, start.After, Rows = start.Limit + 1 },
            cancellationToken);
        var items = rows.Take(start.Limit).Select(row => row.ToWire()).ToList();
        return TypedResults.Ok(new Page<EventWebhook>(items, rows.Count > start.Limit ? items[^1].Id.ToString() : null));
    }

    private static async Task<Results<Ok<EventWebhook>, ErrorResult>> FindAsync(Guid id, Caller caller, Database database, CancellationToken cancellationToken) =>
        await WebhookRow.FindAsync(database, caller.OrganizationId, id, cancellationToken) is { } webhook ? TypedResults.Ok(webhook) : (ErrorResult)Error.NotFound;

    private static async Task<Results<Created<CreatedEventWebhook>, ErrorResult>> CreateAsync(
        EventWebhookRequest request, Caller caller, SaveWebhook save, HttpContext context)
    {
        context.Response.Headers.CacheControl = "no-store";
        var created = await save.CreateAsync(request, caller, context.RequestAborted);
        return created.TryGet(out var webhook, out var error) ? TypedResults.Created((string?)null, webhook) : (ErrorResult)error;
    }

    private static async Task<Results<Ok<EventWebhook>, ErrorResult>> ChangeAsync(
        Guid id, EventWebhookRequest request, Caller caller, SaveWebhook save, CancellationToken cancellationToken)
    {
        var changed = await save.ChangeAsync(id, request, caller, cancellationToken);
        return changed.TryGet(out var webhook, out var error) ? TypedResults.Ok(webhook) : (ErrorResult)error;
    }

    private static async Task<Results<NoContent, ErrorResult>> DeleteAsync(Guid id, Caller caller, SaveWebhook save, CancellationToken cancellationToken) =>
        await save.DeleteAsync(id, caller, cancellationToken) ? TypedResults.NoContent() : (ErrorResult)Error.NotFound;

    private static async Task<Results<Ok<CreatedEventWebhook>, ErrorResult>> RotateAsync(Guid id, Caller caller, SaveWebhook save, HttpContext context)
    {
        context.Response.Headers.CacheControl = "no-store";
        return await save.RotateAsync(id, caller, context.RequestAborted) is { } rotated ? TypedResults.Ok(rotated) : (ErrorResult)Error.NotFound;
    }
}
