using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Polly;
using Polly.CircuitBreaker;

namespace Evenkeel.Models;

/// <summary>
/// The OpenAI-compatible <c>/moderations</c>. One call, one time-out, no retries: a turn waits for it. While the endpoint fails it is not
/// asked at all.
/// </summary>
internal sealed partial class ModerationEndpoint
{
    /// <summary>A client of its own: refusals and garbage are all the same here.</summary>
    public const string ClientName = "Evenkeel.Models.Moderation";

    // A verdict has some twenty categories with a score each: some kilobytes.
    public const int LongestResponse = 256 * 1024;

    // Three calls that fail within half a minute; then half a minute's rest, and one call that probes.
    private const int FailuresToOpen = 3;
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(30);

    private readonly CircuitBreakerStateProvider _breaker = new();
    private readonly ResiliencePipeline _pipeline;
    private readonly IHttpClientFactory _http;
    private readonly ModerationOptions _options;
    private readonly TimeProvider _time;

    public ModerationEndpoint(IHttpClientFactory http, IOptions<ModerationOptions> options, TimeProvider time, ILogger<ModerationEndpoint> logger)
    {
        (_http, _options, _time) = (http, options.Value, time);
        _pipeline = new ResiliencePipelineBuilder { TimeProvider = time }
            .AddCircuitBreaker(new CircuitBreakerStrategyOptions
            {
                SamplingDuration = Rest,
                MinimumThroughput = FailuresToOpen,
                FailureRatio = 0.5,
                BreakDuration = Rest,
                StateProvider = _breaker,
                ShouldHandle = static attempt => ValueTask.FromResult(attempt.Outcome.Exception is ModelException),
                OnOpened = _ => Report(() => Log.Resting(logger, Rest.TotalSeconds)),
                OnClosed = _ => Report(() => Log.Back(logger)),
            })
            .Build();
    }

    public bool IsConfigured => _options.Endpoint.Length > 0;

    /// <summary>Whether it fails too often to be asked for now.</summary>
    public bool IsResting => _breaker.CircuitState is CircuitState.Open or CircuitState.HalfOpen;

    /// <summary>Host and path: what an operator recognises, and never a key.</summary>
    public string Name => new Uri(_options.Endpoint) is var address ? address.Authority + address.AbsolutePath.TrimEnd('/') : "";

    /// <summary>The category it objects to, or null; <c>IsAnswered</c> is false where it did not answer.</summary>
    public async Task<(bool IsAnswered, string? Category)> AskAsync(string text, CancellationToken cancellationToken)
    {
        try
        {
            return (true, await _pipeline.ExecuteAsync(
                static async (call, token) => await call.Self.CallAsync(call.Text, token), (Self: this, Text: text), cancellationToken));
        }
        catch (Exception exception) when (exception is ModelException or BrokenCircuitException)
        {
            return (false, null);
        }
    }

    private async Task<string?> CallAsync(string text, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(_options.Timeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            using var request = Request(text);
            using var response = await _http.CreateClient(ClientName).SendAsync(request, either.Token);
            response.EnsureSuccessStatusCode();
            return Read(await response.Content.ReadAsByteArrayAsync(either.Token));
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            // What the provider sent is not kept: only that it did not give a verdict.
            throw new ModelException(deadline.IsCancellationRequested ? ModelFailureKind.Timeout : ModelFailureKind.Unavailable, exception as HttpRequestException);
        }
    }

    private HttpRequestMessage Request(string text)
    {
        var body = new Dictionary<string, string>(StringComparer.Ordinal) { ["input"] = text };
        if (_options.Model.Length > 0)
        {
            body["model"] = _options.Model;
        }

        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(_options.Endpoint.TrimEnd('/') + "/moderations"))
        {
            Content = new StringContent(JsonSerializer.Serialize(body), Encoding.UTF8, "application/json"),
        };
        if (_options.ApiKey.Length > 0)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", _options.ApiKey);
        }

        return request;
    }

    private static string? Read(byte[] body)
    {
        using var document = JsonDocument.Parse(body);
        foreach (var result in document.RootElement.GetProperty("results").EnumerateArray())
        {
            if (result.GetProperty("flagged").GetBoolean())
            {
                return CategoryOf(result);
            }
        }

        return null;
    }

    /// <summary>Ours for theirs; names that are not known stay the provider's.</summary>
    private static string CategoryOf(JsonElement result)
    {
        var names = result.TryGetProperty("categories", out var categories) && categories.ValueKind == JsonValueKind.Object
            ? categories.EnumerateObject().Where(category => category.Value.ValueKind == JsonValueKind.True).Select(category => category.Name).ToHashSet(StringComparer.Ordinal)
            : [];
        return names.Contains("sexual/minors") ? ModerationCategory.SexualMinors
            : names.Any(name => name.StartsWith("self-harm", StringComparison.Ordinal)) ? ModerationCategory.SelfHarm
            : names.Any(name => name.StartsWith("hate", StringComparison.Ordinal)) ? ModerationCategory.Hate
            : names.Any(name => name.StartsWith("violence", StringComparison.Ordinal) || name.StartsWith("harassment", StringComparison.Ordinal)) ? ModerationCategory.Violence
            : ModerationCategory.Other;
    }

    private static ValueTask Report(Action write)
    {
        write();
        return ValueTask.CompletedTask;
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, EventName = "moderation_endpoint_resting",
            Message = "The moderation endpoint fails; for {Seconds} s the built-in rules decide alone")]
        public static partial void Resting(ILogger logger, double seconds);

        [LoggerMessage(Level = LogLevel.Information, EventName = "moderation_endpoint_back", Message = "The moderation endpoint answers again")]
        public static partial void Back(ILogger logger);
    }
}
