namespace Evenkeel.Search.Vectors;

/// <summary>A passage near a question.</summary>
/// <param name="PassageId">The passage, of a live revision of its document when it was looked up.</param>
/// <param name="Similarity">Cosine: 1 = the same direction, 0 = nothing in common.</param>
internal readonly record struct VectorHit(Guid PassageId, double Similarity);

/// <summary>What was found, nearest first.</summary>
/// <param name="Hits">At most as many as asked for.</param>
/// <param name="PassagesWithVectors">Live passages of the chatbot with a vector of the present model: fewer than passages while vectors are being made.</param>
internal sealed record VectorAnswer(IReadOnlyList<VectorHit> Hits, int PassagesWithVectors)
{
    /// <summary>Nothing can be found by meaning.</summary>
    public static VectorAnswer None { get; } = new([], 0);

    /// <summary>
    /// Why nothing was looked at although there are vectors; a code for warnings, null as a rule. <see cref="TooLarge"/> is the only one.
    /// </summary>
    public string? Refusal { get; init; }

    /// <summary>The chatbot's vectors are more than <c>Search__VectorMegabytes</c> allows in memory.</summary>
    public const string TooLarge = "vectors_too_large";
}

/// <summary>
/// Finds the passages of a chatbot whose vectors are nearest to a question's. Whether their sources may be shown to whoever asks is not looked at here.
/// </summary>
internal interface IVectorSearch
{
    /// <param name="organizationId">Whose.</param>
    /// <param name="chatbotId">Whose knowledge.</param>
    /// <param name="question">A vector of unit length from <see cref="Models.IEmbeddings"/>, in its present space.</param>
    /// <param name="limit">Most hits.</param>
    /// <param name="ct">Gives up.</param>
    Task<VectorAnswer> FindAsync(Guid organizationId, Guid chatbotId, float[] question, int limit, CancellationToken ct);
}
