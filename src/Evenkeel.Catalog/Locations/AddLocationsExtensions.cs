using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Evenkeel.Catalog.Locations;

internal static class AddLocationsExtensions
{
    public static void AddLocations(this IServiceCollection services)
    {
    }

    public static void MapLocations(this IEndpointRouteBuilder routes)
    {
    }
}
