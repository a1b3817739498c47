using Evenkeel.Models;
using Evenkeel.ScriptedModel;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Evenkeel.Tests.Models.Answering;

/// <summary>The whole door to the models, over HTTP to scripted ones, under a clock that moves only when told.</summary>
internal sealed class AnswerHarness : IAsyncDisposable
{
    private readonly ScriptedModelServer[] _servers;
    private readonly ServiceProvider _services;

    private AnswerHarness(ScriptedModelServer[] servers, ManualClock clock, ServiceProvider services) =>
        (_servers, Clock, _services) = (servers, clock, services);

    public ManualClock Clock { get; }

    public ScriptedModelServer Primary => _servers[0];

    public ScriptedModelServer Fallback(int index) => _servers[index + 1];

    public IServiceProvider Services => _services;

    public ModelEndpointState State => _services.GetRequiredService<IModelEndpoints>().All[0];

    /// <summary>Starts the model "main" and so many fallbacks "second-0", "second-1"…</summary>
    public static async Task<AnswerHarness> StartAsync(int fallbacks = 0, params (string Key, string Value)[] settings)
    {
        var servers = new ScriptedModelServer[fallbacks + 1];
        var all = new Dictionary<string, string?>(StringComparer.Ordinal);
        for (var index = 0; index < servers.Length; index++)
        {
            servers[index] = await ScriptedModelServer.StartAsync();
            var section = index == 0 ? "Chat" : $"Chat:Fallbacks:{index - 1}";
            all[$"{section}:Provider"] = "openai";
            all[$"{section}:Endpoint"] = servers[index].OpenAiEndpoint.ToString();
            all[$"{section}:Model"] = index == 0 ? "main" : $"second-{index - 1}";
        }

        foreach (var (key, value) in settings)
            all[key] = value;
        var clock = new ManualClock();
        var services = new ServiceCollection().AddLogging().AddSingleton<TimeProvider>(clock).AddSingleton<Random>(new Midway());
        services.AddModels(new ConfigurationBuilder().AddInMemoryCollection(all).Build());
        return new AnswerHarness(servers, clock, services.BuildServiceProvider());
    }

    /// <summary>Asks, and collects what comes.</summary>
    public Asking Ask(ForcedError? forced = null, string? model = null) => new(
        _services.GetRequiredService<IAnswerModels>().AnswerAsync(
            ChatModelHarness.Request() with { Model = model }, new AnswerLimits { Forced = forced }, TestContext.Current.CancellationToken));

    /// <summary>Waits until something waits for just so long, and lets it pass.</summary>
    public async Task PassAsync(double seconds)
    {
        await Clock.WhenSetToAsync(TimeSpan.FromSeconds(seconds)).WaitAsync(TestContext.Current.CancellationToken);
        Clock.Advance(TimeSpan.FromSeconds(seconds));
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        foreach (var server in _servers)
            await server.DisposeAsync();
    }

    /// <summary>The middle of every spread, so that waits are exact.</summary>
    private sealed class Midway : Random
    {
        public override double NextDouble() => 0.5;
    }
}

/// <summary>One answer under way.</summary>
internal sealed class Asking
{
    private readonly List<AnswerPart> _parts = [];
    private readonly TaskCompletionSource _firstText = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Asking(IAsyncEnumerable<AnswerPart> parts) => Ended = CollectAsync(parts);

    public Task Ended { get; }

    /// <summary>Some text came.</summary>
    public Task FirstText => _firstText.Task;

    /// <summary>What stands there at the end.</summary>
    public string Text { get; private set; } = "";

    /// <summary>All parts but text and usage, in order.</summary>
    public IReadOnlyList<AnswerPart> Steps => _parts;

    public AnsweredPart Answered => (AnsweredPart)_parts[^1];

    private async Task CollectAsync(IAsyncEnumerable<AnswerPart> parts)
    {
        await foreach (var part in parts)
        {
            if (part is TextPart text)
            {
                Text += text.Text;
                _firstText.TrySetResult();
            }
            else if (part is not UsagePart)
            {
                Text = part is WithdrawPart ? "" : Text;
                _parts.Add(part);
            }
        }
    }
}
