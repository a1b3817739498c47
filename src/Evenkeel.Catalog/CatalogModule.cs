using Evenkeel.Catalog.Events;
using Evenkeel.Catalog.Import;
using Evenkeel.Catalog.Locations;
using Evenkeel.Catalog.Questions;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Evenkeel.Catalog;

/// <summary>The catalogue: events and the places they happen at, their import, and what a question says about places and dates.</summary>
public static class CatalogModule
{
    /// <summary>Registers the module; needs Platform and Accounts.</summary>
    public static IServiceCollection AddCatalog(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddEvents();
        services.AddLocations();
        services.AddImport(configuration);
        services.AddQuestions();
        return services;
    }

    /// <summary>Maps <c>/api/v1/events</c> and <c>/api/v1/locations</c>.</summary>
    public static IEndpointRouteBuilder MapCatalog(this IEndpointRouteBuilder routes)
    {
        routes.MapEvents();
        routes.MapLocations();
        routes.MapImport();
        return routes;
    }
}
