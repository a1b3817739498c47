using Evenkeel.Models;
using Evenkeel.Search.Vectors;

namespace Evenkeel.Tests.Search;

/// <summary>Stands in where nothing makes vectors or scores: everything works by words. The benchmark of retrieval uses it too.</summary>
internal sealed class WithoutModels : IEmbeddings, IReranking, IVectorSearch
{
    public bool IsConfigured => false;

    public string Model => "";

    public int Dimensions => 0;

    public string Space => "";

    public Task<IReadOnlyList<float[]>> EmbedAsync(IReadOnlyList<string> texts, CancellationToken ct) => throw NotConfigured();

    public Task<IReadOnlyList<float[]>> EmbedDocumentsAsync(IReadOnlyList<string> texts, CancellationToken ct) => throw NotConfigured();

    public Task<IReadOnlyList<double>> ScoreAsync(string question, IReadOnlyList<string> passages, CancellationToken ct) => throw NotConfigured();

    public Task<VectorAnswer> FindAsync(Guid organizationId, Guid chatbotId, float[] question, int limit, CancellationToken ct) =>
        Task.FromResult(VectorAnswer.None);

    private static InvalidOperationException NotConfigured() => new("Nothing is configured: ask IsConfigured first.");
}
