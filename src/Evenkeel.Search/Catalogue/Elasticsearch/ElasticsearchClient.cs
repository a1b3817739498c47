using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Options;

namespace Evenkeel.Search.Catalogue.Elasticsearch;

/// <summary>
/// Sends the few requests that Elasticsearch 8 and 9 and OpenSearch 2 and 3 have in common. After some failures it is left alone for a while, so that
/// searches do not each wait for it.
/// </summary>
internal sealed class ElasticsearchClient(IHttpClientFactory http, IOptions<EventBackendOptions> options, TimeProvider time)
{
    public const string HttpName = "elasticsearch";

    /// <summary>One may be chance.</summary>
    private const int FailuresToOpen = 3;

    private static readonly TimeSpan Break = TimeSpan.FromSeconds(5);
    private static readonly MediaTypeHeaderValue JsonType = new("application/json");
    private static readonly MediaTypeHeaderValue LinesType = new("application/x-ndjson");

    private readonly ElasticsearchOptions _options = options.Value.Elasticsearch;
    private int _failures;
    private long _closedAgainAt;

    /// <summary>It has failed, and is not asked for a moment.</summary>
    public bool IsOpen => Volatile.Read(ref _failures) >= FailuresToOpen && time.GetTimestamp() < Volatile.Read(ref _closedAgainAt);

    /// <summary>A request that somebody waits for.</summary>
    /// <returns>What was found; null where the index is not there yet.</returns>
    /// <exception cref="ElasticsearchException">It failed, or was not sent.</exception>
    public async Task<JsonElement?> SearchAsync(string path, object body, CancellationToken cancellationToken)
    {
        var answer = await SendAsync(HttpMethod.Post, path, Json(body), _options.TimeoutSeconds, [HttpStatusCode.NotFound], cancellationToken);
        return answer.ValueKind == JsonValueKind.Undefined ? null : answer;
    }

    /// <summary>Any other.</summary>
    /// <param name="method">GET, PUT, POST or DELETE.</param>
    /// <param name="path">Without the first slash.</param>
    /// <param name="body">JSON; null = none.</param>
    /// <param name="allowed">Failures that are answers; null stands for what they say.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async Task<JsonElement?> SendAsync(HttpMethod method, string path, object? body, HttpStatusCode[] allowed, CancellationToken cancellationToken)
    {
        var answer = await SendAsync(method, path, body is null ? null : Json(body), _options.WriteTimeoutSeconds, allowed, cancellationToken);
        return answer.ValueKind == JsonValueKind.Undefined ? null : answer;
    }

    /// <summary>Lines of actions and documents. All of them happen, or it is a failure.</summary>
    public async Task BulkAsync(string path, string lines, CancellationToken cancellationToken)
    {
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(lines)) { Headers = { ContentType = LinesType } };
        var answer = await SendAsync(HttpMethod.Post, path, content, _options.WriteTimeoutSeconds, [], cancellationToken);
        if (!answer.GetProperty("errors").GetBoolean())
        {
            return;
        }

        // What is to be deleted and is not there is as it should be.
        var worst = answer.GetProperty("items").EnumerateArray().SelectMany(item => item.EnumerateObject())
            .Where(item => item.Name != "delete" || item.Value.GetProperty("status").GetInt32() != (int)HttpStatusCode.NotFound)
            .Select(item => item.Value.GetProperty("status").GetInt32()).DefaultIfEmpty().Max();
        if (worst >= (int)HttpStatusCode.BadRequest)
        {
            throw new ElasticsearchException(worst);
        }
    }

    private static ByteArrayContent Json(object body) =>
        new(JsonSerializer.SerializeToUtf8Bytes(body, ElasticsearchJson.Options)) { Headers = { ContentType = JsonType } };

    private async Task<JsonElement> SendAsync(
        HttpMethod method, string path, HttpContent? content, double timeoutSeconds, HttpStatusCode[] allowed, CancellationToken cancellationToken)
    {
        if (IsOpen)
        {
            throw new ElasticsearchException(0) { IsRefusedByBreaker = true };
        }

        using var request = new HttpRequestMessage(method, new Uri(new Uri(_options.Url.TrimEnd('/') + "/"), path)) { Content = content };
        Authorize(request);
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(timeoutSeconds), time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            using var client = http.CreateClient(HttpName);
            using var response = await client.SendAsync(request, either.Token);
            var body = await response.Content.ReadAsByteArrayAsync(either.Token);
            if (!response.IsSuccessStatusCode && !allowed.Contains(response.StatusCode))
            {
                throw new ElasticsearchException((int)response.StatusCode);
            }

            Volatile.Write(ref _failures, 0);
            using var document = JsonDocument.Parse(response.IsSuccessStatusCode && body.Length > 0 ? body : "null"u8.ToArray());
            return document.RootElement.ValueKind == JsonValueKind.Null ? default : document.RootElement.Clone();
        }
        catch (ElasticsearchException)
        {
            NoteFailure();
            throw;
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or JsonException || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            NoteFailure();
            throw new ElasticsearchException(0, exception);
        }
    }

    private void Authorize(HttpRequestMessage request)
    {
        if (_options.ApiKey.Length > 0)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("ApiKey", _options.ApiKey);
        }
        else if (request.RequestUri!.UserInfo is { Length: > 0 } user)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(Uri.UnescapeDataString(user))));
        }
    }

    private void NoteFailure()
    {
        Volatile.Write(ref _closedAgainAt, time.GetTimestamp() + (long)(Break.TotalSeconds * time.TimestampFrequency));
        Interlocked.Increment(ref _failures);
    }
}
