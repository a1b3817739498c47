using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Evenkeel.Models.Endpoints;

/// <summary>The models of this process in the order in which they are asked.</summary>
internal sealed class ModelEndpoints : IModelEndpoints
{
    public ModelEndpoints(IEnumerable<IChatModelProvider> providers, IOptions<ModelsOptions> options, TimeProvider clock, ILogger<ModelEndpoint> logger)
    {
        var chat = options.Value.Chat;
        Chain = [Create(chat), .. chat.Fallbacks.Select(Create)];
        LastResort = chat.ExtractiveFallback && !chat.IsBuiltIn ? Create(new ModelEndpointOptions()) : null;

        ModelEndpoint Create(ModelEndpointOptions endpoint) => new(
            providers.First(one => one.Name == endpoint.Provider), endpoint, TimeSpan.FromSeconds(chat.BreakSeconds), clock, logger);
    }

    /// <summary>The configured ones, at least one.</summary>
    public IReadOnlyList<ModelEndpoint> Chain { get; }

    /// <summary>The built-in responder, where it may answer for the others.</summary>
    public ModelEndpoint? LastResort { get; }

    public ModelEndpoint Primary => Chain[0];

    public IReadOnlyList<ModelEndpointState> All =>
        [.. Chain.Select((endpoint, index) => (endpoint, Check: ModelHealth.NameOf(index))).Where(one => !one.endpoint.IsBuiltIn).Select(one => one.endpoint.Look(one.Check))];
}
