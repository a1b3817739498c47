using Evenkeel.Contracts.Knowledge;
using Evenkeel.Knowledge.Privacy;

namespace Evenkeel.Search;

/// <summary>For whom passages are looked for.</summary>
public enum Audience
{
    /// <summary>A visitor of a public chatbot: private sources do not exist for them. The default, so that forgetting it shows too little.</summary>
    Visitor,

    /// <summary>A member of the organization.</summary>
    Member,
}

/// <summary>A question to the documents of one chatbot.</summary>
public sealed record PassageQuery
{
    public required Guid OrganizationId { get; init; }
    public required Guid ChatbotId { get; init; }

    /// <summary>The question as typed, in any language.</summary>
    public required string Text { get; init; }

    /// <summary>Who asks.</summary>
    public Audience Audience { get; init; }

    /// <summary>Most passages to use, 1 to 50.</summary>
    public int Limit { get; init; } = 8;

    /// <summary>Tokens that the passages used may have together, estimated. The best one is used however long it is.</summary>
    public int ContextTokens { get; init; } = 3_000;

    /// <summary>0 to 1: passages less fitting than this are not used; null = the server's default.</summary>
    public double? LeastScore { get; init; }

    /// <summary>What is masked in everything returned; null = what is masked unless a chatbot's settings say otherwise.</summary>
    public MaskingPolicy? Masking { get; init; }

    /// <summary>Whether the trace has texts for people: titles, snippets and words of all candidates.</summary>
    public bool Explain { get; init; }
}

/// <summary>A passage found, or several neighbouring ones as one.</summary>
public sealed record PassageHit
{
    /// <summary>The best of <see cref="PassageIds"/>: what a citation names.</summary>
    public required Guid PassageId { get; init; }

    /// <summary>The passages whose texts stand here, in the document's order.</summary>
    public required IReadOnlyList<Guid> PassageIds { get; init; }
    public required Guid DocumentId { get; init; }

    /// <summary>Title of the document.</summary>
    public required string Title { get; init; }

    /// <summary>Headings above it, outermost first, without the title.</summary>
    public required IReadOnlyList<string> HeadingPath { get; init; }

    /// <summary>Markdown, personal data masked.</summary>
    public required string Text { get; init; }

    /// <summary>Two-letter code or <c>und</c>.</summary>
    public required string Language { get; init; }

    /// <summary>How well it fits the question, 0 to 1.</summary>
    public required double Score { get; init; }

    /// <summary>Place in the result, from 1.</summary>
    public required int Rank { get; init; }

    /// <summary>Estimated.</summary>
    public required int Tokens { get; init; }

    /// <summary>Where the best passage stands in the original, where that is known.</summary>
    public PassagePlace? Place { get; init; }
}

/// <summary>What a search found, best first.</summary>
public sealed record PassageSearchResult
{
    /// <summary>The passages used, one by one.</summary>
    public required IReadOnlyList<PassageHit> Hits { get; init; }

    /// <summary>The same as the model gets them: neighbours merged. Empty when nothing answers.</summary>
    public required IReadOnlyList<PassageHit> Context { get; init; }

    /// <summary>Passages that have at least one of the question's words.</summary>
    public required int Candidates { get; init; }

    /// <summary>Passages the chatbot has.</summary>
    public required int IndexedPassages { get; init; }

    /// <summary>Every candidate's rank, score and fate at each step.</summary>
    public required RetrievalTrace Trace { get; init; }

    /// <summary>Whether anything that is configured failed, so that the result may be worse than usual; the trace's warnings say what.</summary>
    public required bool IsDegraded { get; init; }
}

/// <summary>Finds the passages of a chatbot's documents that answer a question.</summary>
public interface IPassageSearch
{
    /// <summary>The best passages, best first; empty when nothing fits or the chatbot has no documents.</summary>
    Task<PassageSearchResult> SearchAsync(PassageQuery query, CancellationToken cancellationToken);
}
