namespace Evenkeel.Knowledge.Ingestion;

/// <summary>A document as it came in, decoded and checked.</summary>
internal sealed record DocumentText
{
    public required string FileName { get; init; }

    /// <summary>Given by the person; null = found in the text.</summary>
    public string? Title { get; init; }

    /// <summary>Line ends are <c>\n</c>.</summary>
    public required string Text { get; init; }

    public bool IsMarkdown { get; init; } = true;

    /// <summary>Size as sent.</summary>
    public required long Bytes { get; init; }

    /// <summary>SHA-256 of the content as sent.</summary>
    public required byte[] ContentHash { get; init; }
}
