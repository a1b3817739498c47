using System.Text.Json;
using Evenkeel.Models.Embeddings;
using Evenkeel.Models.Endpoints;
using Microsoft.Extensions.Options;

namespace Evenkeel.Models.Reranking;

/// <summary>A rerank endpoint in either of the two shapes that servers speak.</summary>
internal sealed class RerankClient : IReranking
{
    private readonly RerankOptions _options;

    public RerankClient(IOptions<RerankOptions> options, ServiceParts parts)
    {
        _options = options.Value;
        Endpoint = _options.IsConfigured ? new JsonEndpoint(_options, "/rerank", Timeout, parts) : null;
    }

    /// <summary>Null where none is configured.</summary>
    public JsonEndpoint? Endpoint { get; }

    public bool IsConfigured => _options.IsConfigured;

    public string Model => _options.Model;

    private TimeSpan Timeout => TimeSpan.FromSeconds(_options.TimeoutSeconds);

    public async Task<IReadOnlyList<double>> ScoreAsync(string question, IReadOnlyList<string> passages, CancellationToken ct)
    {
        if (Endpoint is not { } endpoint)
            throw new InvalidOperationException("No rerank endpoint is configured.");
        ArgumentOutOfRangeException.ThrowIfGreaterThan(passages.Count, IReranking.MostPassages);
        var asked = TextBatches.Cut(question, _options.QuestionCharacters);
        using var failed = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var scores = await Task.WhenAll(passages.Select(passage => TextBatches.Cut(passage, _options.PassageCharacters)).Chunk(_options.BatchPassages).Select(async batch =>
        {
            try
            {
                return await endpoint.PostAsync(Body(asked, batch), Timeout, root => Read(root, batch.Length), failed.Token);
            }
            catch (ModelException)
            {
                await failed.CancelAsync(); // scores of a part of the passages are of no use
                throw;
            }
        }));
        return [.. scores.SelectMany(batch => batch)];
    }

    private byte[] Body(string question, string[] passages) => _options.Api == RerankOptions.Tei
        ? JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["query"] = question, ["texts"] = passages, ["raw_scores"] = false, ["truncate"] = true,
        })
        : JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["model"] = Model, ["query"] = question, ["documents"] = passages, ["top_n"] = passages.Length,
        });

    private double[] Read(JsonElement root, int passages)
    {
        var (results, name) = _options.Api == RerankOptions.Tei ? (root, "score") : (root.GetProperty("results"), "relevance_score");
        var scores = new double?[passages];
        foreach (var result in results.EnumerateArray())
        {
            var index = result.GetProperty("index").GetInt32();
            var score = result.GetProperty(name).GetDouble();
            if ((uint)index >= (uint)passages || scores[index] is not null || !double.IsFinite(score))
                throw new ModelException(ModelFailureKind.InvalidResponse);
            scores[index] = score;
        }
        return [.. scores.Select(score => score ?? throw new ModelException(ModelFailureKind.InvalidResponse))];
    }
}
