using System.Text.Json;
using Evenkeel.Accounts;
using Evenkeel.Contracts.Chats;
using Evenkeel.Contracts.Operations;
using Evenkeel.Platform.Errors;
using Evenkeel.Timeline.Catalogue;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Evenkeel.Timeline.CustomEvents;

/// <summary><c>/api/v1/admin/event-types</c>, and recording of events of these types.</summary>
internal static class CustomEventEndpoints
{
    private const int MostTypeBytes = 64 * 1024;
    private const int MostEventBytes = 1024 * 1024;

    private static readonly JsonElement AnyObject = JsonSerializer.Deserialize<JsonElement>("""{"type":"object"}""");

    public static void MapCustomEvents(this IEndpointRouteBuilder routes)
    {
        var types = routes.MapGroup("/api/v1/admin/event-types").WithTags("Timeline").WithMetadata(new RequestSizeLimitAttribute(MostTypeBytes)).RequireSignIn();
        string[] managers = [MemberRole.Owner, MemberRole.Admin];
        types.MapGet("", ListAsync).RequireRole(managers).WithSummary("All event types: the organization's own, and the program's");
        types.MapPost("", CreateAsync).RequireRole(managers).WithSummary("Register an event type");
        types.MapPut("/{type}", ChangeAsync).RequireRole(managers).WithSummary("Replace an event type of one's own");
        types.MapDelete("/{type}", DeleteAsync).RequireRole(managers).WithSummary("Remove an event type of one's own");
        routes.MapPost("/chat/events/{session_id:guid}", RecordEvents.HandleAsync).WithTags("Timeline").WithMetadata(new RequestSizeLimitAttribute(MostEventBytes))
            .RequireSignInOrKey(ApiScope.EventsWrite).RequireRole(MemberRole.Owner, MemberRole.Admin, MemberRole.Key)
            .WithSummary("Record events of registered types; answered once they are stored");
    }

    private static async Task<Ok<Page<EventTypeDescription>>> ListAsync(Caller caller, EventTypeBooks books, EventTexts own, CancellationToken cancellationToken)
    {
        var book = await books.OfAsync(caller.OrganizationId, cancellationToken);
        var custom = book.Custom.Values.OrderBy(type => type.Definition.EventType, StringComparer.Ordinal).Select(SaveEventType.Describe);
        var builtIn = own.Definitions.OrderBy(definition => definition.EventType, StringComparer.Ordinal).Select(definition => new EventTypeDescription
        {
            EventType = definition.EventType,
            Emoji = definition.Emoji,
            English = definition.English,
            Chinese = definition.Chinese,
            Schema = AnyObject,
            Retention = definition.Retention,
            Privacy = definition.Privacy,
            IsBuiltIn = true,
        });
        return TypedResults.Ok(new Page<EventTypeDescription>([.. custom, .. builtIn], null));
    }

    private static async Task<Results<Created<EventTypeDescription>, ErrorResult>> CreateAsync(
        EventTypeRequest request, Caller caller, SaveEventType save, CancellationToken cancellationToken)
    {
        var saved = await save.CreateAsync(request, caller, cancellationToken);
        return saved.TryGet(out var type, out var error) ? TypedResults.Created((string?)null, type) : (ErrorResult)error;
    }

    private static async Task<Results<Ok<EventTypeDescription>, ErrorResult>> ChangeAsync(
        string type, EventTypeRequest request, Caller caller, SaveEventType save, CancellationToken cancellationToken)
    {
        var saved = await save.ChangeAsync(type, request, caller, cancellationToken);
        return saved.TryGet(out var changed, out var error) ? TypedResults.Ok(changed) : (ErrorResult)error;
    }

    private static async Task<Results<NoContent, ErrorResult>> DeleteAsync(string type, Caller caller, SaveEventType save, CancellationToken cancellationToken) =>
        await save.DeleteAsync(type, caller, cancellationToken) ? TypedResults.NoContent() : (ErrorResult)Error.NotFound;
}
