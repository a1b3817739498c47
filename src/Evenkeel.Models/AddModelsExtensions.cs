using System.Net;
using Evenkeel.Models.Answering;
using Evenkeel.Models.Endpoints;
using Evenkeel.Platform.Health;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Evenkeel.Models;

public static class AddModelsExtensions
{
    /// <summary>Registers <see cref="IAnswerModels"/>, <see cref="IModelEndpoints"/>, <see cref="IEmbeddings"/>, <see cref="IReranking"/> and <see cref="IModeration"/>. Needs a TimeProvider only where the caller wants another than the system's.</summary>
    /// <param name="services">Where to register.</param>
    /// <param name="section">The configuration section "Models".</param>
    public static IServiceCollection AddModels(this IServiceCollection services, IConfiguration section)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddModeration(section.GetSection("Moderation"));
        services.AddOptions<ModelsOptions>().Bind(section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<ModelsOptions>, ValidateModelsOptions>();
        services.AddSingleton<IChatModelProvider, ExtractiveProvider>();
        services.AddSingleton<IChatModelProvider, OpenAiProvider>();
        services.AddSingleton<IChatModelProvider, AnthropicProvider>();
        services.AddAnswering();
        services.AddEmbeddingsAndReranking(section);
        services.AddTransient<ModelResponseHandler>();
        services.AddModelClient(ModelHttp.ClientName);
        services.AddModelClient(JsonEndpoint.ClientName, client => client.MaxResponseContentBufferSize = JsonEndpoint.LongestAnswer);
        return services;
    }

    private static void AddModelClient(this IServiceCollection services, string name, Action<HttpClient>? configure = null) =>
        services.AddHttpClient(name, client =>
            {
                client.Timeout = Timeout.InfiniteTimeSpan; // whoever calls keeps the time
                configure?.Invoke(client);
            })
            .RemoveAllLoggers() // a scope and two lines per call, which say nothing that the timeline does not
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan) // PooledConnectionLifetime follows DNS instead
            .AddHttpMessageHandler<ModelResponseHandler>()
            .ConfigurePrimaryHttpMessageHandler(CreateSocketsHandler);

    private static void AddAnswering(this IServiceCollection services)
    {
        services.AddMetrics();
#pragma warning disable RS0030 // the one place; tests register their own
        services.TryAddSingleton(Random.Shared);
#pragma warning restore RS0030
        services.AddSingleton<RetryWaits>();
        services.AddSingleton<ModelEndpoints>();
        services.AddSingleton<IModelEndpoints>(provider => provider.GetRequiredService<ModelEndpoints>());
        services.AddSingleton<GenAiMeters>();
        services.AddSingleton<ModelMeters>();
        services.AddSingleton<IAnswerModels, AnswerModels>();
        services.AddSingleton<IHealthContributor, ModelHealth>();
        services.AddHttpClient(ModelHealth.ClientName).RemoveAllLoggers()
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });
    }

    private static SocketsHttpHandler CreateSocketsHandler() => new()
    {
        PooledConnectionLifetime = TimeSpan.FromMinutes(10),
        ConnectTimeout = TimeSpan.FromSeconds(10),
        AllowAutoRedirect = false, // a redirect would carry the prompt to another host
        UseCookies = false,
        AutomaticDecompression = DecompressionMethods.None,
    };
}
