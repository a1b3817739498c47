using Evenkeel.Platform.Health;
using Evenkeel.Search.Vectors.Exact;
using Evenkeel.Search.Vectors.PgVector;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Evenkeel.Search.Vectors;

internal static class AddVectorsExtensions
{
    /// <summary>Registers <see cref="IVectorSearch"/>.</summary>
    public static IServiceCollection AddVectors(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<VectorOptions>().Bind(configuration.GetSection("Search")).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<ReadVectors>();
        services.AddSingleton<VectorMemory>();
        services.AddSingleton<ExactVectorSearch>();
        services.AddSingleton<PgVectorTable>();
        services.AddSingleton<PgVectorSearch>();
        services.AddSingleton<ChosenVectorSearch>();
        services.AddSingleton<IVectorSearch>(provider => provider.GetRequiredService<ChosenVectorSearch>());
        services.AddSingleton<IHealthContributor, VectorHealth>();
        services.AddHostedService(provider => provider.GetRequiredService<ChosenVectorSearch>());
        services.AddHostedService<FillVectorTable>();
        return services;
    }
}
