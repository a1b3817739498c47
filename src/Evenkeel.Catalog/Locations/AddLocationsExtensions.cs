using Evenkeel.Accounts;
using Evenkeel.Catalog.Locations.Gazetteer;
using Evenkeel.Catalog.Locations.Placing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Evenkeel.Catalog.Locations;

internal static class AddLocationsExtensions
{
    public static void AddLocations(this IServiceCollection services)
    {
        services.AddSingleton<WellKnownPlaces>();
        services.AddSingleton<BuildPlaceNames>();
        services.AddSingleton<Places>();
        services.AddSingleton<IPlaces>(provider => provider.GetRequiredService<Places>());
        services.AddSingleton<ReadNamedPlace>();
        services.AddSingleton<IPlaceLocations, PlaceLocations>();
        services.AddSingleton<SaveLocation>();
        services.AddSingleton<DeleteLocation>();
        services.AddSingleton<MergeLocations>();
    }

    public static void MapLocations(this IEndpointRouteBuilder routes)
    {
        var locations = routes.MapGroup("/api/v1/locations").WithTags("Catalogue").RequireSignIn();
        locations.MapGet("/", ReadLocations.ListAsync).WithSummary("Places by name, filtered if asked");
        locations.MapPost("/", SaveLocation.CreateAsync).RequireRole(MemberRole.Owner, MemberRole.Admin).WithSummary("Add a place");
        locations.MapGet("/{id:guid}", ReadLocations.GetAsync).WithSummary("One place");
        locations.MapPut("/{id:guid}", SaveLocation.ReplaceAsync).RequireRole(MemberRole.Owner, MemberRole.Admin).WithSummary("Change a place; what is absent is taken away");
        locations.MapDelete("/{id:guid}", DeleteLocation.HandleAsync).RequireRole(MemberRole.Owner, MemberRole.Admin).WithSummary("Delete a place; its events stay");
        locations.MapPost("/{id:guid}/merge", MergeLocations.HandleAsync).RequireRole(MemberRole.Owner, MemberRole.Admin).WithSummary("Merge duplicates of a place into it");
    }
}
