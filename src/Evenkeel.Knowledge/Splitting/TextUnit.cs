namespace Evenkeel.Knowledge.Splitting;

/// <summary>What a unit of text is: decides how it may be cut.</summary>
internal enum UnitKind
{
    /// <summary>Cut between sentences.</summary>
    Paragraph,

    /// <summary>Cut between items.</summary>
    List,

    /// <summary>Code or a table: whole, unless it is enormous; then cut between lines.</summary>
    Verbatim,
}

/// <summary>A block of a document as written.</summary>
/// <param name="Text">The source text, trimmed.</param>
/// <param name="Kind">How it may be cut.</param>
/// <param name="Parts">Items of a list; empty for other kinds.</param>
internal sealed record TextUnit(string Text, UnitKind Kind, IReadOnlyList<string> Parts)
{
    public static TextUnit Paragraph(string text) => new(text, UnitKind.Paragraph, []);

    public static TextUnit Verbatim(string text) => new(text, UnitKind.Verbatim, []);
}

/// <summary>What stands under one heading, up to the next.</summary>
/// <param name="HeadingPath">Headings above it, outermost first, without the document's title.</param>
/// <param name="Units">Its blocks.</param>
internal sealed record Section(IReadOnlyList<string> HeadingPath, IReadOnlyList<TextUnit> Units);

/// <summary>A document by its structure.</summary>
/// <param name="Title">The first heading or, in plain text, a first line that looks like one; null when there is none.</param>
/// <param name="Sections">In order.</param>
internal sealed record DocumentStructure(string? Title, IReadOnlyList<Section> Sections);
