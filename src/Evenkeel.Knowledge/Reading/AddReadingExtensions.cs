using Evenkeel.Knowledge.Reading.Isolation;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Evenkeel.Knowledge.Reading;

internal static class AddReadingExtensions
{
    /// <summary>Registers <see cref="IDocumentReader"/> with the section "Knowledge:Reading".</summary>
    public static IServiceCollection AddReading(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<KnowledgeReadingOptions>().Bind(configuration.GetSection("Knowledge:Reading")).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<ReadingProcess>();
        services.AddSingleton<IDocumentReader, DocumentReader>();
        return services;
    }
}
