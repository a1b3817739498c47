using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Evenkeel.Catalog.Events;

internal static class AddEventsExtensions
{
    public static void AddEvents(this IServiceCollection services)
    {
    }

    public static void MapEvents(this IEndpointRouteBuilder routes)
    {
    }
}
