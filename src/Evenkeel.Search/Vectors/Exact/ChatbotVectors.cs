namespace Evenkeel.Search.Vectors.Exact;

/// <summary>Vectors of one document's passages, one after another.</summary>
/// <param name="DocumentId">The document.</param>
/// <param name="Revision">Of which revision.</param>
/// <param name="Embedded">How many of its passages had a vector.</param>
/// <param name="PassageIds">Which passages.</param>
/// <param name="Numbers">Their vectors.</param>
internal sealed record DocumentVectors(Guid DocumentId, int Revision, int Embedded, Guid[] PassageIds, float[] Numbers)
{
    private const int BytesOfDocument = 200;

    public long Bytes => BytesOfDocument + (PassageIds.Length * 16L) + (Numbers.Length * 4L);
}

/// <summary>All vectors of a chatbot at one moment. Never changed: a newer one shares the documents that stayed as they were.</summary>
/// <param name="State">What was seen of the database.</param>
/// <param name="Documents">The live ones.</param>
internal sealed record ChatbotVectors(VectorState State, IReadOnlyList<DocumentVectors> Documents)
{
    private const long BytesOfChatbot = 1_000;

    public long Bytes { get; } = BytesOfChatbot + Documents.Sum(document => document.Bytes);

    public int Passages { get; } = Documents.Sum(document => document.PassageIds.Length);

    public IReadOnlyList<VectorHit> Find(ReadOnlySpan<float> question, int limit)
    {
        var nearest = new NearestHits(limit);
        foreach (var document in Documents)
        {
            nearest.Scan(question, document.Numbers, document.PassageIds);
        }

        return nearest.ToHits();
    }
}

/// <summary>What tells whether vectors read earlier are still the right ones.</summary>
/// <param name="Space">The space of the embedding model.</param>
/// <param name="Version">Of the chatbot's knowledge.</param>
/// <param name="Vectors">Rises when documents get their vectors.</param>
internal readonly record struct VectorState(string Space, long Version, long Vectors)
{
    /// <summary>Whether this was seen no earlier than <paramref name="other"/>. Versions only grow.</summary>
    public bool IsAsNewAs(VectorState other) => Space == other.Space && Version >= other.Version && Vectors >= other.Vectors;
}
