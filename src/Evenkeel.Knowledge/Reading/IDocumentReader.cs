using Evenkeel.Knowledge.Splitting;

namespace Evenkeel.Knowledge.Reading;

/// <summary>Turns a file into a title and passages.</summary>
internal interface IDocumentReader
{
    /// <summary>
    /// Reads a file within the limits of <see cref="KnowledgeReadingOptions"/>. Small Markdown, text and CSV is read on the calling thread,
    /// everything else in a process of its own.
    /// </summary>
    /// <exception cref="ReadFailedException">Whatever is wrong with the file, or with how much it takes to read it.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; nothing of the work goes on.</exception>
    Task<ReadDocument> ReadAsync(DocumentFile file, CancellationToken cancellationToken);
}

/// <summary>A file to read.</summary>
/// <param name="FileName">As it was named where it came from; its extension takes part in finding the type.</param>
/// <param name="MediaType">As declared by who sent it, parameters allowed; null = not declared.</param>
/// <param name="Path">Where it lies on this machine's disk.</param>
/// <param name="Bytes">Its size.</param>
internal sealed record DocumentFile(string FileName, string? MediaType, string Path, long Bytes)
{
    /// <summary>Given by a person; null = found in the document.</summary>
    public string? Title { get; init; }

    /// <summary>Where it was fetched; links of a page are relative to it.</summary>
    public string? Url { get; init; }
}

/// <summary>What was read.</summary>
internal sealed record ReadDocument
{
    /// <summary>Given, found in the document, or the file's name; up to 200 characters.</summary>
    public required string Title { get; init; }

    /// <summary>Pages, slides or sheets, where the format has them.</summary>
    public int? Pages { get; init; }

    /// <summary>At least one, in the order of the document.</summary>
    public required IReadOnlyList<SplitPassage> Passages { get; init; }
}

/// <summary>A file could not be read.</summary>
internal sealed class ReadFailedException(string reasonCode, Exception? cause = null) : Exception($"The file could not be read: {reasonCode}.", cause)
{
    /// <summary>One of <see cref="KnowledgeReasons"/>.</summary>
    public string ReasonCode { get; } = reasonCode;
}
