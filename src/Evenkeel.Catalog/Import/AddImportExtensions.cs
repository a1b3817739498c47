using Evenkeel.Accounts;
using Evenkeel.Catalog.Import.Writing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Evenkeel.Catalog.Import;

internal static class AddImportExtensions
{
    public static void AddImport(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<CatalogueImportOptions>().Bind(configuration.GetSection("Catalog:Import")).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<ReadFile>();
        services.AddSingleton<LocatePlaces>();
        services.AddSingleton<WriteBatch>();
        services.AddSingleton<FinishImport>();
        services.AddSingleton<ImportEvents>();
        services.AddSingleton<ICatalogueImport, ImportAtServer>();
    }

    public static void MapImport(this IEndpointRouteBuilder routes)
    {
        // The largest that the options may allow, and the frame of a form around it: the file itself is measured as it comes in.
        const long mostBytes = (1_024 + 1) * 1024L * 1024;
        var events = routes.MapGroup("/api/v1/events").WithTags("Catalogue").RequireSignIn();
        events.MapPost("/import", ImportEvents.HandleAsync).RequireRole(MemberRole.Owner, MemberRole.Admin)
            .WithMetadata(new RequestSizeLimitAttribute(mostBytes))
            .WithSummary("Import events from JSON, CSV or iCalendar: the file is the body, or the file of a form");
        events.MapGet("/imports", ReadImports.ListAsync).RequireRole(MemberRole.Owner, MemberRole.Admin).WithSummary("What was imported, newest first");
    }
}
