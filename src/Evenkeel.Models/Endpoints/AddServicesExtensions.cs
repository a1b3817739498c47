using Evenkeel.Models.Embeddings;
using Evenkeel.Models.Reranking;
using Evenkeel.Platform.Health;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Evenkeel.Models.Endpoints;

internal static class AddServicesExtensions
{
    /// <summary>Registers <see cref="IEmbeddings"/> and <see cref="IReranking"/>.</summary>
    /// <param name="services">Where to register.</param>
    /// <param name="section">The configuration section "Models".</param>
    public static void AddEmbeddingsAndReranking(this IServiceCollection services, IConfiguration section)
    {
        services.AddSingleton<ServiceMeters>();
        services.AddSingleton<ServiceParts>();
        services.AddOptions<EmbeddingsOptions>().Bind(section.GetSection("Embeddings")).ValidateOnStart();
        services.AddSingleton<IValidateOptions<EmbeddingsOptions>, ValidateEmbeddingsOptions>();
        services.AddSingleton<EmbeddingsClient>();
        services.AddSingleton<IEmbeddings>(provider => provider.GetRequiredService<EmbeddingsClient>());
        services.AddSingleton<IHealthContributor, EmbeddingsHealth>();
        services.AddOptions<RerankOptions>().Bind(section.GetSection("Rerank")).ValidateOnStart();
        services.AddSingleton<IValidateOptions<RerankOptions>, ValidateRerankOptions>();
        services.AddSingleton<RerankClient>();
        services.AddSingleton<IReranking>(provider => provider.GetRequiredService<RerankClient>());
        services.AddSingleton<IHealthContributor, RerankHealth>();
    }
}
