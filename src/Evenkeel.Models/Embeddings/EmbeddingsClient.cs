using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Evenkeel.Models.Endpoints;
using Evenkeel.Platform.Tracing;
using Microsoft.Extensions.Options;

namespace Evenkeel.Models.Embeddings;

/// <summary>The OpenAI-compatible <c>/embeddings</c>: OpenAI, Ollama, vLLM, Text Embeddings Inference and many more.</summary>
internal sealed class EmbeddingsClient : IEmbeddings, IDisposable
{
    private readonly EmbeddingsOptions _options;
    private readonly SemaphoreSlim _calls;
    private readonly string _prefixes;
    private int _seenDimensions;

    // Models of one length refuse to be asked for it; then it is only checked.
    private volatile bool _refusesDimensions;

    public EmbeddingsClient(IOptions<EmbeddingsOptions> options, ServiceParts parts)
    {
        _options = options.Value;
        _calls = new SemaphoreSlim(_options.Parallelism);
        Endpoint = _options.IsConfigured ? new JsonEndpoint(_options, "/" + GenAi.Embeddings, TimeSpan.FromSeconds(_options.DocumentTimeoutSeconds), parts) : null;
        _prefixes = _options.DocumentPrefix.Length == 0 && _options.QuestionPrefix.Length == 0 ? ""
            : "#" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{_options.QuestionPrefix}\n{_options.DocumentPrefix}")), 0, 4);
    }

    /// <summary>Null where none is configured.</summary>
    public JsonEndpoint? Endpoint { get; }

    public bool IsConfigured => _options.IsConfigured;

    public string Model => _options.Model;

    public int Dimensions => _options.Dimensions > 0 ? _options.Dimensions : Volatile.Read(ref _seenDimensions);

    public string Space => Dimensions == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"{Model}@{Dimensions}{_prefixes}");

    public async Task<IReadOnlyList<float[]>> EmbedAsync(IReadOnlyList<string> texts, CancellationToken ct) =>
        texts.Count == 0 ? [] : await CallAsync(Prepare(texts, _options.QuestionPrefix), TimeSpan.FromSeconds(_options.QuestionTimeoutSeconds), ct);

    public async Task<IReadOnlyList<float[]>> EmbedDocumentsAsync(IReadOnlyList<string> texts, CancellationToken ct)
    {
        var prepared = Prepare(texts, _options.DocumentPrefix);
        var batches = TextBatches.Of(prepared, _options.BatchTexts, _options.BatchCharacters).ToArray();
        var vectors = new float[texts.Count][];
        using var failed = CancellationTokenSource.CreateLinkedTokenSource(ct);
        await Task.WhenAll(batches.Select(async batch =>
        {
            await _calls.WaitAsync(failed.Token);
            try
            {
                (await CallAsync(prepared[batch], TimeSpan.FromSeconds(_options.DocumentTimeoutSeconds), failed.Token)).CopyTo(vectors, batch.Start.Value);
            }
            catch (ModelException)
            {
                await failed.CancelAsync(); // what is left would be thrown away
                throw;
            }
            finally
            {
                _calls.Release();
            }
        }));
        return vectors;
    }

    public void Dispose() => _calls.Dispose();

    private string[] Prepare(IReadOnlyList<string> texts, string prefix) =>
        [.. texts.Select(text => prefix + TextBatches.Cut(text, _options.TextCharacters))];

    private async Task<float[][]> CallAsync(string[] texts, TimeSpan timeout, CancellationToken ct)
    {
        if (Endpoint is null)
            throw new InvalidOperationException("No embedding endpoint is configured.");
        var asksForDimensions = _options.Dimensions > 0 && !_refusesDimensions;
        float[][] vectors;
        try
        {
            vectors = await SendAsync(Endpoint, texts, asksForDimensions, timeout, ct);
        }
        catch (ModelException exception) when (asksForDimensions && exception.HttpStatus is 400 or 422)
        {
            vectors = await SendAsync(Endpoint, texts, asksForDimensions: false, timeout, ct);
            _refusesDimensions = true;
        }
        Volatile.Write(ref _seenDimensions, vectors[0].Length);
        return vectors;
    }

    private Task<float[][]> SendAsync(JsonEndpoint endpoint, string[] texts, bool asksForDimensions, TimeSpan timeout, CancellationToken ct)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(new EmbeddingRequest(Model, texts) { Dimensions = asksForDimensions ? _options.Dimensions : null });
        return endpoint.PostAsync(body, timeout, new EmbeddingAnswer(texts.Length, Model, Dimensions).Read, ct);
    }

    private sealed record EmbeddingRequest([property: JsonPropertyName("model")] string Model, [property: JsonPropertyName("input")] string[] Input)
    {
        [JsonPropertyName("dimensions"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
        public int? Dimensions { get; init; }
    }
}
