using Evenkeel.Catalog.Locations.Gazetteer;
using Evenkeel.Catalog.Locations.Placing;
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
    }

    public static void MapLocations(this IEndpointRouteBuilder routes)
    {
    }
}
