using Evenkeel.Contracts.Catalogue;

namespace Evenkeel.Catalog.Import.Rows;

/// <summary>A row of a file.</summary>
/// <param name="Line">Where it begins, from 1.</param>
/// <param name="Number">Its own: a whole file of JSON may be one line.</param>
internal readonly record struct RowRef(int Line, int Number)
{
    /// <summary>A row of a format in which no two begin on one line.</summary>
    public static RowRef Alone(int line) => new(line, line);
}

/// <summary>A problem without its text, as it is stored: whoever reads it later may read another language.</summary>
/// <param name="Line">Where the row begins, from 1.</param>
/// <param name="Field">Null = the row as a whole.</param>
/// <param name="Code">Of <see cref="ImportTexts"/>.</param>
/// <param name="IsWarning">The row went in all the same.</param>
/// <param name="Value">What it is about; a part of it where it is long.</param>
internal sealed record RowProblem(int Line, string? Field, string Code, bool IsWarning, string? Value)
{
    public ImportProblem ToWire(string language) => new(Line, Field, Code, ImportTexts.Of(Code, Value, language), IsWarning);
}
