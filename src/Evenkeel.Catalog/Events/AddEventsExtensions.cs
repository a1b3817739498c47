using Evenkeel.Accounts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Evenkeel.Catalog.Events;

internal static class AddEventsExtensions
{
    public static void AddEvents(this IServiceCollection services)
    {
        services.AddSingleton<CatalogueEvents>();
        services.AddSingleton<ICatalogueEvents>(provider => provider.GetRequiredService<CatalogueEvents>());
        services.AddSingleton<SaveEvent>();
    }

    public static void MapEvents(this IEndpointRouteBuilder routes)
    {
        var events = routes.MapGroup("/api/v1/events").WithTags("Catalogue").RequireSignIn();
        events.MapGet("/", ReadEvents.ListAsync).WithSummary("Events in the order of their days, filtered if asked");
        events.MapPost("/", SaveEvent.CreateAsync).RequireRole(MemberRole.Owner, MemberRole.Admin).WithSummary("Add an event");
        events.MapGet("/{id:guid}", ReadEvents.GetAsync).WithSummary("One event");
        events.MapPut("/{id:guid}", SaveEvent.ReplaceAsync).RequireRole(MemberRole.Owner, MemberRole.Admin).WithSummary("Change an event; what is absent is taken away");
        events.MapDelete("/{id:guid}", DeleteEvent.HandleAsync).RequireRole(MemberRole.Owner, MemberRole.Admin).WithSummary("Delete an event");
        events.MapGet("/{id:guid}/calendar.ics", DownloadCalendar.HandleAsync).WithSummary("An event for a calendar (iCalendar)");
    }
}
