using Evenkeel.Accounts;
using Evenkeel.Chatbots;
using Evenkeel.Platform.Health;
using Evenkeel.Search.Catalogue.Elasticsearch;
using Evenkeel.Search.Catalogue.Handles;
using Evenkeel.Search.Catalogue.Indexing;
using Evenkeel.Search.Catalogue.Meaning;
using Evenkeel.Search.Catalogue.Postgres;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Evenkeel.Search.Catalogue;

internal static class AddCatalogueSearchExtensions
{
    /// <summary>Registers <see cref="IEventSearch"/>; needs Catalog and Knowledge.</summary>
    public static void AddCatalogueSearch(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<EventBackendOptions>().Bind(configuration.GetSection("Search")).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<IValidateOptions<EventBackendOptions>, ValidateEventBackendOptions>();
        services.AddSingleton<EventTerms>();
        services.AddSingleton<IndexStates>();
        services.AddSingleton<ReadForIndex>();
        services.AddSingleton<WriteIndexedEvents>();
        services.AddSingleton<PostgresEventIndex>();
        services.AddSingleton<PostgresEventBackend>();
        services.AddSingleton<ElasticsearchClient>();
        services.AddSingleton<ElasticsearchIndex>();
        services.AddSingleton<ElasticsearchEventBackend>();
        services.AddSingleton<EventBackends>();
        services.AddSingleton<IndexEvents>();
        services.AddSingleton<SearchHandles>();
        services.AddSingleton<MeantPlaces>();
        services.AddSingleton<PrepareSearch>();
        services.AddSingleton<CatalogueSize>();
        services.AddSingleton<RankByMeaning>();
        services.AddSingleton<EventSearch>();
        services.AddSingleton<IEventSearch>(provider => provider.GetRequiredService<EventSearch>());
        services.AddSingleton<IHealthContributor, ElasticsearchHealth>();
        services.AddHttpClient(ElasticsearchClient.HttpName);
        services.AddHostedService(provider => provider.GetRequiredService<IndexEvents>());
        services.AddHostedService<ForgetHandles>();
        services.AddHostedService<WarmSearch>();
        services.AddHostedService<EmbedEvents>();
    }

    public static void MapCatalogueSearch(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/v1/search", SearchEvents.HandleAsync).WithTags("Catalogue").RequireSignIn().WithSummary("Search events");
        routes.MapPost("/search", SearchEvents.HandleAsync).ExcludeFromDescription().RequireSignIn();
        routes.MapGet("/api/v1/search/{handle}", SearchEvents.PageAsync).WithTags("Catalogue").RequireSignIn().WithSummary("A further page of results");
        routes.MapGet("/api/v1/search/rebuild", RebuildIndex.ReadAsync).WithTags("Catalogue").RequireSignIn().RequireManager()
            .WithSummary("How far the index being made anew is");
        routes.MapPost("/api/v1/search/rebuild", RebuildIndex.HandleAsync).WithTags("Catalogue").RequireSignIn().RequireManager()
            .WithSummary("Make the index of events anew, beside the one that is searched");
    }
}
