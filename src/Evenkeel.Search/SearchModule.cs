using Evenkeel.Accounts;
using Evenkeel.Chatbots;
using Evenkeel.Search.Catalogue;
using Evenkeel.Search.Lexical;
using Evenkeel.Search.Pipeline;
using Evenkeel.Search.Vectors;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Evenkeel.Search;

/// <summary>Finds what documents say about a question, and events of the catalogue.</summary>
public static class SearchModule
{
    /// <summary>Registers the module; needs Knowledge, and call it after <c>AddModels</c>.</summary>
    public static IServiceCollection AddSearch(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<SearchOptions>().Bind(configuration.GetSection("Search")).ValidateDataAnnotations().ValidateOnStart();
        services.AddVectors(configuration);
        services.AddCatalogueSearch(configuration);
        services.AddSingleton<PassageIndexes>();
        services.AddSingleton<FindCandidates>();
        services.AddSingleton<ReadCandidates>();
        services.AddSingleton<RerankCandidates>();
        services.AddSingleton<ComposeContext>();
        services.AddSingleton<WriteTrace>();
        services.AddSingleton<SearchSteps>();
        services.AddSingleton<IPassageSearch, PassageSearch>();
        return services;
    }

    /// <summary>Maps "try a question" and the search of events.</summary>
    public static void MapSearch(this IEndpointRouteBuilder routes)
    {
        routes.MapCatalogueSearch();
        routes.MapPost("/api/v1/chatbots/{id:guid}/retrieval", TryQuestion.HandleAsync).WithTags("Knowledge").RequireSignIn().RequireManager()
            .WithSummary("What would be retrieved for a question, step by step");
    }
}
