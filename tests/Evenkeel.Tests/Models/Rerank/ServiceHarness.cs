using Evenkeel.Models;
using Evenkeel.Platform.Health;
using Evenkeel.ScriptedModel;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Evenkeel.Tests.Models.Rerank;

/// <summary>Embeddings and rerank against a scripted server, under a clock that moves only when told.</summary>
internal sealed class ServiceHarness : IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private readonly string _endpoint;

    private ServiceHarness(ScriptedModelServer server, ManualClock clock, ServiceProvider services, string endpoint) =>
        (Server, Clock, _services, _endpoint) = (server, clock, services, endpoint);

    public ScriptedModelServer Server { get; }

    public ManualClock Clock { get; }

    public IEmbeddings Embeddings => _services.GetRequiredService<IEmbeddings>();

    public IReranking Reranking => _services.GetRequiredService<IReranking>();

    /// <param name="settings">Beside endpoint and model.</param>
    /// <param name="endpoint">What <see cref="Play"/> is about.</param>
    public static async Task<ServiceHarness> StartAsync((string Key, string Value)[]? settings = null, string endpoint = "embeddings")
    {
        var server = await ScriptedModelServer.StartAsync();
        var clock = new ManualClock();
        (string, string)[] own =
        [
            ("Embeddings:Endpoint", server.OpenAiEndpoint.ToString()), ("Embeddings:Model", "scripted"), ("Embeddings:ApiKey", "secret"),
            ("Rerank:Endpoint", server.OpenAiEndpoint.ToString()), ("Rerank:Model", "scripted"),
        ];
        var all = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (key, value) in (IEnumerable<(string, string)>)[.. own, .. settings ?? []])
            all[key] = value;
        return new ServiceHarness(server, clock, ChatModelHarness.Services(clock, [.. all.Select(one => (one.Key, one.Value))]), endpoint);
    }

    public void Play(Behaviour behaviour, string match = "") => Server.Play(match, behaviour with { Endpoint = _endpoint });

    /// <summary>One call, of whichever endpoint this is about.</summary>
    public Task AskAsync(CancellationToken? ct = null) => _endpoint == "rerank"
        ? Reranking.ScoreAsync("a keel", ["a mast"], ct ?? TestContext.Current.CancellationToken)
        : Embeddings.EmbedAsync(["a keel"], ct ?? TestContext.Current.CancellationToken);

    public async Task<HealthCheck> CheckAsync(HealthAsker asker) =>
        (await _services.GetServices<IHealthContributor>().Single(one => one.Name == _endpoint).CheckAsync(asker, TestContext.Current.CancellationToken)).Single();

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await Server.DisposeAsync();
    }
}
