using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Evenkeel.ScriptedModel;

/// <summary>
/// A model server that does what a test tells it: OpenAI-compatible chat, embeddings, moderations and models, rerank, and Anthropic messages, over
/// real HTTP on 127.0.0.1. <c>await using var model = await ScriptedModelServer.StartAsync();</c>
/// </summary>
public sealed class ScriptedModelServer : IAsyncDisposable
{
    private readonly WebApplication _application;
    private readonly ScriptedModelOptions _options;
    private readonly Script _script = new();
    private readonly RequestLog _log;
    private readonly ChatEndpoint _openAi;
    private readonly ChatEndpoint _anthropic;
    private Gate _lastGate = new();
    private long _requestCount;

    private ScriptedModelServer(ScriptedModelOptions options)
    {
        _options = options;
        _log = new RequestLog(options.RememberedRequests);
        _openAi = new ChatEndpoint(new OpenAiDialect(), options);
        _anthropic = new ChatEndpoint(new AnthropicDialect(), options);
        _application = Build(options);
        _application.Run(HandleAsync);
    }

    /// <summary>The root, without a path. OpenAI-compatible clients want <see cref="OpenAiEndpoint"/>.</summary>
    public Uri BaseAddress => new(_application.Urls.First());

    /// <summary>What goes into Models__Chat__Endpoint for the provider "openai".</summary>
    public Uri OpenAiEndpoint => new(BaseAddress, "/v1");

    /// <summary>The newest requests to the model paths, oldest first.</summary>
    public IReadOnlyList<ReceivedRequest> Requests => _log.Snapshot();

    /// <summary>How many requests have arrived since the start, remembered or not.</summary>
    public long RequestCount => Interlocked.Read(ref _requestCount);

    public static async Task<ScriptedModelServer> StartAsync(ScriptedModelOptions? options = null, CancellationToken ct = default)
    {
        var server = new ScriptedModelServer(options ?? new ScriptedModelOptions());
        await server._application.StartAsync(ct);
        return server;
    }

    /// <summary>Any request, until the behaviour's <see cref="Behaviour.Times"/> are used up.</summary>
    public void Play(Behaviour behaviour) => Play("", behaviour);

    /// <summary>Requests whose last user message or model contains <paramref name="match"/>; earlier scripts come first.</summary>
    public void Play(string match, Behaviour behaviour)
    {
        if (behaviour.Kind == BehaviourKind.Gated)
            _lastGate = behaviour.Gate;
        _script.Add(new ScriptEntry { Match = match, Behaviour = behaviour });
    }

    /// <summary>Holds the next matching answers after some tokens. Await the gate's WaitUntilHeldAsync, act, then Release.</summary>
    public Gate Hold(int afterTokens, string match = "", string? text = null, int? times = 1)
    {
        var behaviour = new Behaviour { Kind = BehaviourKind.Gated, AfterTokens = afterTokens, Text = text, Times = times };
        Play(match, behaviour);
        return behaviour.Gate;
    }

    /// <summary>Completes once per stream held by the newest gate.</summary>
    public Task WaitUntilHeldAsync(CancellationToken ct = default) => _lastGate.WaitUntilHeldAsync(ct);

    /// <summary>Opens every gate.</summary>
    public Task ReleaseAsync()
    {
        _script.Release();
        return Task.CompletedTask;
    }

    /// <summary>Forgets every script (and opens its gates).</summary>
    public void Reset() => _script.Clear();

    /// <summary>Completes when so many requests have arrived since the start.</summary>
    public Task WaitForRequestsAsync(long count, CancellationToken ct = default) => _log.WaitForCountAsync(count, ct);

    public async ValueTask DisposeAsync()
    {
        _script.Clear();
        using var now = new CancellationTokenSource();
        await now.CancelAsync();
        await _application.StopAsync(now.Token); // held and hung streams would otherwise be waited for
        await _application.DisposeAsync();
    }

    internal Task WaitForShutdownAsync() => _application.WaitForShutdownAsync();

    private static WebApplication Build(ScriptedModelOptions options)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = "scripted-model" });
        // A write ends when the socket has it (0 would mean no limit), so that a cut comes after its tokens.
        builder.WebHost.UseSockets(sockets => sockets.MaxWriteBufferSize = 2);
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, options.Port, listen => listen.Protocols = HttpProtocols.Http1);
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.AddServerHeader = false;
        });
        return builder.Build();
    }

    private async Task HandleAsync(HttpContext context)
    {
        try
        {
            if (context.Request.Path.StartsWithSegments("/control"))
                await ControlEndpoint.HandleAsync(context, this);
            else
                await HandleModelAsync(context);
        }
        catch (Exception failure) when (failure is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            context.Response.StatusCode = 400;
            await context.Response.WriteAsync(failure.Message);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The client left: there is nobody to tell.
        }
        catch (Exception failure) when (!context.Response.HasStarted)
        {
            // A test tool says everything: a fault of its own must not look like a scripted one.
            context.Response.StatusCode = 500;
            await context.Response.WriteAsync(failure.ToString());
        }
    }

    private async Task HandleModelAsync(HttpContext context)
    {
        var request = ReceivedRequest.Read(context.Request.Path.Value!, await ReadBodyAsync(context), ReadHeaders(context));
        Interlocked.Increment(ref _requestCount);
        _log.Add(request);
        var isComplete = false;
        try
        {
            await RouteAsync(context, request);
            isComplete = !context.RequestAborted.IsCancellationRequested;
        }
        finally
        {
            request.End(isComplete);
        }
    }

    private Task RouteAsync(HttpContext context, ReceivedRequest request)
    {
        switch (request.Path)
        {
            case "/v1/chat/completions":
                return _openAi.AnswerAsync(context, request, _script.Take(request.Model, request.LastUserMessage, hasTools: request.HasTools));
            case "/v1/messages":
                return _anthropic.AnswerAsync(context, request, _script.Take(request.Model, request.LastUserMessage, hasTools: request.HasTools));
            case "/v1/embeddings":
                return EmbeddingsEndpoint.AnswerAsync(
                    context, request, _options.EmbeddingDimensions, _script.Take(request.Model, EmbeddingsEndpoint.InputOf(request), "embeddings"));
            case "/rerank" or "/v1/rerank" or "/v2/rerank":
                return RerankEndpoint.AnswerAsync(context, request, _script.Take(request.Model, RerankEndpoint.InputOf(request), "rerank"));
            case "/v1/moderations":
                return ModerationsEndpoint.AnswerAsync(context, _script.Take(request.Model, ModerationsEndpoint.InputOf(request)));
            case "/v1/models":
                context.Response.ContentType = "application/json";
                return context.Response.WriteAsync("""{"object":"list","data":[{"id":"scripted","object":"model","created":1700000000,"owned_by":"evenkeel"}]}""");
            default:
                context.Response.StatusCode = 404;
                return Task.CompletedTask;
        }
    }

    private IReadOnlyDictionary<string, string> ReadHeaders(HttpContext context) =>
        _log.IsOn
            ? context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase)
            : System.Collections.Frozen.FrozenDictionary<string, string>.Empty;

    private static async Task<byte[]> ReadBodyAsync(HttpContext context)
    {
        if (context.Request.ContentLength is { } length)
        {
            var body = new byte[length];
            await context.Request.Body.ReadExactlyAsync(body, context.RequestAborted);
            return body;
        }
        using var buffer = new MemoryStream();
        await context.Request.Body.CopyToAsync(buffer, context.RequestAborted);
        return buffer.ToArray();
    }
}
