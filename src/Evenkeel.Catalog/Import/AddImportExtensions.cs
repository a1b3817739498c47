using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Evenkeel.Catalog.Import;

internal static class AddImportExtensions
{
    public static void AddImport(this IServiceCollection services, IConfiguration configuration)
    {
    }

    public static void MapImport(this IEndpointRouteBuilder routes)
    {
    }
}
