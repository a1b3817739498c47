using Evenkeel.Models;

namespace Evenkeel.Tests.Search.Vectors;

/// <summary>A model that is only asked who it is.</summary>
internal sealed class FixedEmbeddings : IEmbeddings
{
    public const int Length = 16;

    public bool IsConfigured => true;

    public string Model { get; set; } = "one";

    public int Dimensions => Length;

    public string Space => $"{Model}@{Length}";

    public Task<IReadOnlyList<float[]>> EmbedAsync(IReadOnlyList<string> texts, CancellationToken ct) => throw new NotSupportedException();

    public Task<IReadOnlyList<float[]>> EmbedDocumentsAsync(IReadOnlyList<string> texts, CancellationToken ct) => throw new NotSupportedException();
}
