using System.Net.Http.Headers;
using System.Net.Mime;
using System.Text.Json;
using Microsoft.Extensions.Logging;

namespace Evenkeel.Models.Endpoints;

/// <summary>
/// A service that is asked with one JSON document and answers with one. One call, one time-out, no retries: whoever asks knows what to do without an
/// answer. While it fails, or asked to be left alone, it is not called at all.
/// </summary>
internal sealed partial class JsonEndpoint
{
    public const string ClientName = "Evenkeel.Models.Services";

    /// <summary>Bytes. The largest answers are batches of vectors as text: 64 of 4,096 numbers are some 6 MB.</summary>
    public const int LongestAnswer = 64 * 1024 * 1024;

    /// <summary>Short, because a probe is one call and a service that works again should not stand idle.</summary>
    private static readonly TimeSpan FirstBreak = TimeSpan.FromSeconds(5);

    private readonly IHttpClientFactory _http;
    private readonly TimeProvider _clock;
    private readonly ServiceMeters _meters;
    private readonly Uri _address;
    private readonly string _apiKey;
    private readonly string _service;
    private readonly string _model;
    private readonly GenAiMeters _genAi;

    /// <param name="options">Where.</param>
    /// <param name="path">Of the call, such as <c>/embeddings</c>.</param>
    /// <param name="longestCall">The longest time-out of any call.</param>
    /// <param name="parts">What all services share.</param>
    public JsonEndpoint(ServiceOptions options, string path, TimeSpan longestCall, ServiceParts parts)
    {
        var root = options.Endpoint.TrimEnd('/');
        _address = new Uri(root.EndsWith(path, StringComparison.OrdinalIgnoreCase) ? root : root + path);
        (_http, _clock, _meters, _genAi) = (parts.Http, parts.Clock, parts.Meters, parts.GenAi);
        (_apiKey, _service, _model) = (options.ApiKey, path.Trim('/'), options.Model);
        Name = _address.Authority + _address.AbsolutePath;
        Failures = new EndpointFailures(_clock);
        Breaker = new EndpointBreaker(longestCall, FirstBreak, _clock, span => Report(parts.Logger, span));
    }

    /// <summary>Host and path: what an operator recognises, and never a key.</summary>
    public string Name { get; }

    public EndpointFailures Failures { get; }

    public EndpointBreaker Breaker { get; }

    /// <summary>Asks.</summary>
    /// <param name="body">The request as JSON.</param>
    /// <param name="timeout">For the whole call.</param>
    /// <param name="read">Takes from the answer what is wanted; throws <see cref="ModelException"/> where it does not hold that.</param>
    /// <param name="ct">The caller gives up, which says nothing about the endpoint.</param>
    /// <exception cref="ModelException">There is no answer, or not one of the agreed form.</exception>
    public async Task<T> PostAsync<T>(byte[] body, TimeSpan timeout, Func<JsonElement, T> read, CancellationToken ct)
    {
        if (Failures.LeftAlone > TimeSpan.Zero || await Breaker.EnterAsync() is not { } pass)
        {
            _meters.Call(_service, "refused");
            throw Failures.Refusal(Breaker);
        }
        var span = new ModelSpan(_genAi, _service, _model, Name);
        var outcome = "abandoned";
        ModelException? failure = null;
        try
        {
            var answer = await CallAsync(body, timeout, read, ct);
            outcome = "ok";
            Failures.NoteSuccess();
            return answer;
        }
        catch (ModelException exception)
        {
            (failure, outcome) = (exception, ModelMeters.Outcome(exception.Kind));
            Failures.Remember(exception);
            throw;
        }
        finally
        {
            span.End(failure is null ? null : outcome, usage: null);
            _meters.Call(_service, outcome);
            if (outcome == "abandoned")
                await pass.AbandonAsync();
            else
                await pass.EndAsync(failure is { Kind: not ModelFailureKind.Rejected } ? failure : null);
        }
    }

    private async Task<T> CallAsync<T>(byte[] body, TimeSpan timeout, Func<JsonElement, T> read, CancellationToken ct)
    {
        using var deadline = new CancellationTokenSource(timeout, _clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, ct);
        try
        {
            using var request = Request(body);
            using var response = await _http.CreateClient(ClientName).SendAsync(request, either.Token);
            await using var stream = await response.Content.ReadAsStreamAsync(either.Token);
            using var document = await JsonDocument.ParseAsync(stream, cancellationToken: either.Token);
            return read(document.RootElement);
        }
        catch (Exception exception) when (exception is not ModelException || deadline.IsCancellationRequested)
        {
            ct.ThrowIfCancellationRequested();
            throw Translate(exception, deadline.IsCancellationRequested);
        }
    }

    /// <summary>What the provider sent is not kept, so only failures of the transport stay as inner exception.</summary>
    private static ModelException Translate(Exception exception, bool isTimeUp) =>
        isTimeUp ? new ModelException(ModelFailureKind.Timeout)
        : exception is HttpRequestException or IOException ? new ModelException(ModelFailureKind.Cut, exception)
        : exception is JsonException or KeyNotFoundException or InvalidOperationException or FormatException ? new ModelException(ModelFailureKind.InvalidResponse)
        : new ModelException(ModelFailureKind.Unavailable, exception);

    private HttpRequestMessage Request(byte[] body)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, _address) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue(MediaTypeNames.Application.Json);
        if (_apiKey.Length > 0)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", _apiKey);
        return request;
    }

    private void Report(ILogger logger, TimeSpan? open)
    {
        if (open is { } span)
            Log.Opened(logger, Name, span.TotalSeconds);
        else
            Log.Closed(logger, Name);
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, EventName = "service_breaker_opened", Message = "The endpoint {Endpoint} fails too often and is not called for {Seconds} s")]
        public static partial void Opened(ILogger logger, string endpoint, double seconds);

        [LoggerMessage(Level = LogLevel.Warning, EventName = "service_breaker_closed", Message = "The endpoint {Endpoint} works again")]
        public static partial void Closed(ILogger logger, string endpoint);
    }
}
