using System.Text.Json.Serialization;

namespace Evenkeel.Contracts.Knowledge;

/// <summary>Body of <c>POST /api/v1/chatbots/{id}/retrieval</c>: what would be retrieved for a question, and why.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record TryQuestionRequest
{
    /// <summary>1 to 2,000 characters.</summary>
    public string? Question { get; init; }

    /// <summary>As whom: <c>member</c> (the default) or <c>visitor</c>, who does not see private sources.</summary>
    public string? Audience { get; init; }
}

/// <summary>One look into the documents, step by step.</summary>
public sealed record RetrievalTrace
{
    /// <summary>The question as it was searched.</summary>
    public required string Question { get; init; }

    /// <summary>The language found in the question.</summary>
    public required string Language { get; init; }

    /// <summary>The words searched for.</summary>
    public required IReadOnlyList<string> Terms { get; init; }

    /// <summary>Words taken from the best passages besides; empty where none were.</summary>
    public required IReadOnlyList<string> ExpandedTerms { get; init; }

    /// <summary>Passages the chatbot has.</summary>
    public required int IndexedPassages { get; init; }

    /// <summary>
    /// What was missing or failed and was done without: <c>embeddings_not_configured</c>, <c>embeddings_failed</c>, <c>rerank_failed</c>,
    /// <c>vectors_incomplete</c>, <c>vectors_too_large</c>.
    /// </summary>
    public required IReadOnlyList<string> Warnings { get; init; }

    /// <summary>The steps in their order.</summary>
    public required IReadOnlyList<RetrievalStep> Steps { get; init; }

    /// <summary>Every passage that was considered (at most 100), those used first, best first.</summary>
    public required IReadOnlyList<RetrievalCandidate> Candidates { get; init; }

    /// <summary>Whether anything is good enough to answer from; otherwise the chatbot says that it does not know.</summary>
    public required bool IsAnswerable { get; init; }

    /// <summary>What would be given to the model, in its order: neighbours merged, personal data masked.</summary>
    public required IReadOnlyList<ContextPassage> Context { get; init; }
}

/// <summary>One step of a retrieval.</summary>
/// <param name="Name"><c>lexical</c>, <c>vector</c>, <c>fuse</c>, <c>rerank</c>, <c>filter</c> or <c>compose</c>.</param>
/// <param name="In">Candidates before.</param>
/// <param name="Out">Candidates after.</param>
/// <param name="Milliseconds">Time taken.</param>
public sealed record RetrievalStep(string Name, int In, int Out, double Milliseconds);

/// <summary>A passage that was considered: its rank and score at each step, and what became of it.</summary>
public sealed record RetrievalCandidate
{
    public required Guid PassageId { get; init; }
    public required Guid DocumentId { get; init; }
    public required Guid SourceId { get; init; }
    public required string Title { get; init; }
    public required IReadOnlyList<string> HeadingPath { get; init; }

    /// <summary>Its beginning.</summary>
    public required string Snippet { get; init; }
    public PassagePlace? Place { get; init; }

    /// <summary>Ranks count from 1; null = not found by this step.</summary>
    public int? LexicalRank { get; init; }
    public double? LexicalScore { get; init; }
    public int? VectorRank { get; init; }

    /// <summary>Cosine similarity, -1 to 1.</summary>
    public double? VectorScore { get; init; }
    public int? FusedRank { get; init; }
    public double? FusedScore { get; init; }
    public int? RerankRank { get; init; }
    public double? RerankScore { get; init; }

    /// <summary>Share of what the question's words tell that the passage has, 0 to 1: what the threshold is held against.</summary>
    public required double Coverage { get; init; }

    /// <summary>
    /// <c>used</c>, <c>merged</c> (into the passage before or after it), or why it was dropped: <c>beyond_limit</c>, <c>below_threshold</c>,
    /// <c>duplicate</c>, <c>other_language</c>, <c>private_source</c>, <c>deleted</c>, <c>over_budget</c>.
    /// </summary>
    public required string Fate { get; init; }

    /// <summary>With <c>over_budget</c>: by how many tokens; with <c>below_threshold</c>: the threshold.</summary>
    public double? FateValue { get; init; }

    /// <summary>Pieces of personal data masked in it.</summary>
    public required int Masked { get; init; }
}

/// <summary>A passage as the model gets it.</summary>
public sealed record ContextPassage
{
    /// <summary>The number it is cited by.</summary>
    public required int Index { get; init; }
    public required Guid PassageId { get; init; }

    /// <summary>Passages merged into it, itself included, in the document's order.</summary>
    public required IReadOnlyList<Guid> PassageIds { get; init; }
    public required Guid DocumentId { get; init; }
    public required string Title { get; init; }
    public required IReadOnlyList<string> HeadingPath { get; init; }
    public required string Text { get; init; }

    /// <summary>Estimated.</summary>
    public required int Tokens { get; init; }
}
