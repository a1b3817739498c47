using Evenkeel.Contracts.Knowledge;

namespace Evenkeel.Knowledge.Splitting;

/// <summary>What a unit of text is: decides how it may be cut.</summary>
internal enum UnitKind
{
    /// <summary>Cut between sentences.</summary>
    Paragraph,

    /// <summary>Cut between items.</summary>
    List,

    /// <summary>Code: whole, unless it is enormous; then cut between lines.</summary>
    Verbatim,

    /// <summary>A table: whole, unless it is enormous; then cut between rows, with its header in every piece.</summary>
    Table,
}

/// <summary>A block of a document as written.</summary>
/// <param name="Text">The source text, trimmed.</param>
/// <param name="Kind">How it may be cut.</param>
/// <param name="Parts">Items of a list, rows of a table; empty for other kinds.</param>
internal sealed record TextUnit(string Text, UnitKind Kind, IReadOnlyList<string> Parts)
{
    /// <summary>Lines that begin every piece of a table; empty where it has none.</summary>
    public string Header { get; init; } = "";

    /// <summary>Of a table of a sheet: the number of each of <see cref="Parts"/>; empty where rows have none.</summary>
    public IReadOnlyList<int> RowNumbers { get; init; } = [];

    /// <summary>Where it stands, by the character a place begins at; empty where the format has no places.</summary>
    public IReadOnlyList<UnitPlace> Places { get; init; } = [];

    public static TextUnit Paragraph(string text) => new(text, UnitKind.Paragraph, []);

    public static TextUnit Verbatim(string text) => new(text, UnitKind.Verbatim, []);

    public static TextUnit List(IReadOnlyList<string> items) => new(string.Join('\n', items), UnitKind.List, items);

    /// <summary>A table of lines; the header stands first and is repeated when it is cut.</summary>
    public static TextUnit Table(string header, IReadOnlyList<string> rows)
    {
        var body = string.Join('\n', rows);
        var text = header.Length == 0 ? body : rows.Count == 0 ? header : $"{header}\n{body}";
        return new TextUnit(text, UnitKind.Table, rows) { Header = header };
    }

    /// <summary>The same at one place.</summary>
    public TextUnit At(PassagePlace? place) => place is null ? this : this with { Places = [new UnitPlace(0, place)] };

    /// <summary>Where the text from a character on stands.</summary>
    public PassagePlace? PlaceAt(int offset) => Places.Count == 0 ? null : (Places.LastOrDefault(place => place.Offset <= offset) ?? Places[0]).Place;
}

/// <summary>A unit stands at this place from a character on: a paragraph may go on to the next page.</summary>
internal sealed record UnitPlace(int Offset, PassagePlace Place);

/// <summary>What stands under one heading, up to the next.</summary>
/// <param name="HeadingPath">Headings above it, outermost first, without the document's title.</param>
/// <param name="Units">Its blocks.</param>
internal sealed record Section(IReadOnlyList<string> HeadingPath, IReadOnlyList<TextUnit> Units);

/// <summary>A document by its structure.</summary>
/// <param name="Title">The first heading or, in plain text, a first line that looks like one; null when there is none.</param>
/// <param name="Sections">In order.</param>
internal sealed record DocumentStructure(string? Title, IReadOnlyList<Section> Sections)
{
    /// <summary>Pages, slides or sheets, where the format has them.</summary>
    public int? Pages { get; init; }
}
