using Evenkeel.Search.Lexical;
using Evenkeel.Search.Vectors;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Evenkeel.Search;

/// <summary>Finds what documents say about a question.</summary>
public static class SearchModule
{
    /// <summary>Registers the module; needs Knowledge.</summary>
    public static IServiceCollection AddSearch(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<SearchOptions>().Bind(configuration.GetSection("Search")).ValidateDataAnnotations().ValidateOnStart();
        services.AddVectors(configuration);
        services.AddSingleton<PassageIndexes>();
        services.AddSingleton<IPassageSearch, PassageSearch>();
        return services;
    }
}
