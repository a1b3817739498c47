using Evenkeel.Models;
using Evenkeel.Models.Endpoints;
using Evenkeel.ScriptedModel;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Evenkeel.Tests.Models;

/// <summary>A configured model against a scripted server, as the host would make it.</summary>
internal sealed class ChatModelHarness : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    private ChatModelHarness(ScriptedModelServer server, ServiceProvider services) => (Server, _services) = (server, services);

    public ScriptedModelServer Server { get; }

    public IChatModel Model => _services.GetRequiredService<ModelEndpoints>().Primary.Chat;

    public static async Task<ChatModelHarness> StartAsync(string provider, TimeProvider? clock = null)
    {
        var server = await ScriptedModelServer.StartAsync();
        var endpoint = provider == "anthropic" ? server.BaseAddress : server.OpenAiEndpoint;
        return new ChatModelHarness(server, Services(clock, ("Chat:Provider", provider), ("Chat:Endpoint", endpoint.ToString()), ("Chat:Model", "scripted")));
    }

    public static ServiceProvider Services(TimeProvider? clock, params (string Key, string Value)[] settings)
    {
        var services = new ServiceCollection().AddLogging();
        if (clock is not null)
            services.AddSingleton(clock);
        services.AddModels(new ConfigurationBuilder()
            .AddInMemoryCollection(settings.ToDictionary(setting => setting.Key, setting => (string?)setting.Value)).Build());
        return services.BuildServiceProvider();
    }

    public static ChatModelRequest Request(string question = "Hello there") => new()
    {
        Messages =
        [
            new(ChatRole.System, "You answer briefly."), new(ChatRole.User, "Hi"), new(ChatRole.Assistant, "Hello!"), new(ChatRole.User, question),
        ],
        Question = question,
        Passages = [],
        Language = "en",
    };

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await Server.DisposeAsync();
    }
}

/// <summary>Everything a stream gave until it ended or failed.</summary>
internal sealed class Listening
{
    private readonly TaskCompletionSource _firstText = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public string Text { get; private set; } = "";

    public string? FinishReason { get; private set; }

    public ChatModelUsage? Usage { get; private set; }

    public Task FirstText => _firstText.Task;

    public static async Task<Listening> ToAsync(IChatModel model, ChatModelRequest request, CancellationToken ct = default)
    {
        var listening = new Listening();
        await listening.ListenAsync(model, request, ct);
        return listening;
    }

    public async Task ListenAsync(IChatModel model, ChatModelRequest request, CancellationToken ct = default)
    {
        await foreach (var delta in model.StreamAsync(request, ct))
        {
            Text += delta.Text;
            FinishReason = delta.FinishReason ?? FinishReason;
            Usage = delta.Usage ?? Usage;
            if (delta.Text.Length > 0)
                _firstText.TrySetResult();
        }
    }
}
