namespace Evenkeel.Search.Vectors;

/// <summary>A passage near a question.</summary>
/// <param name="PassageId">The passage.</param>
/// <param name="Similarity">Cosine, -1 to 1.</param>
internal readonly record struct VectorHit(Guid PassageId, double Similarity);

/// <summary>What a search by vector found.</summary>
/// <param name="Hits">Nearest first.</param>
/// <param name="PassagesWithVectors">Passages that could be found at all: fewer than the chatbot has while vectors are being made.</param>
internal sealed record VectorAnswer(IReadOnlyList<VectorHit> Hits, int PassagesWithVectors);

/// <summary>Finds the passages whose vectors are nearest to a question's.</summary>
internal interface IVectorSearch
{
    /// <summary>The nearest passages of a chatbot, nearest first.</summary>
    Task<VectorAnswer> FindAsync(Guid organizationId, Guid chatbotId, float[] question, int limit, CancellationToken ct);
}
