using Microsoft.AspNetCore.Mvc;

namespace Evenkeel.Knowledge.Sources;

/// <summary>Address of a source.</summary>
internal readonly record struct SourceRoute
{
    /// <summary>The chatbot.</summary>
    [FromRoute(Name = "id")]
    public Guid Id { get; init; }

    [FromRoute(Name = "source_id")]
    public Guid SourceId { get; init; }
}

/// <summary>Address of a document.</summary>
internal readonly record struct DocumentRoute
{
    /// <summary>The chatbot.</summary>
    [FromRoute(Name = "id")]
    public Guid Id { get; init; }

    [FromRoute(Name = "source_id")]
    public Guid SourceId { get; init; }

    [FromRoute(Name = "document_id")]
    public Guid DocumentId { get; init; }
}
