using System.Globalization;
using Evenkeel.Knowledge.Splitting;

namespace Evenkeel.Knowledge.Reading.Tables;

/// <summary>Judges the shape of a table of a sheet.</summary>
internal static class SheetHeader
{
    private const int MostNameCharacters = 80;
    private const int MostCellCharacters = 160;
    private const int MostColumns = 8;
    private const double MostRowWords = 60;

    /// <summary>Is the first row names of columns? Names are short, differ, and are no numbers or dates; and rows follow that they name.</summary>
    public static bool Is(IReadOnlyList<SheetRow> rows)
    {
        const int looked = 20;
        if (rows.Count < 2 || rows[0].Filled < 2)
        {
            return false;
        }

        var names = rows[0].Cells.Where(cell => !string.IsNullOrWhiteSpace(cell)).ToList();
        var widest = rows.Skip(1).Take(looked).Max(row => row.Filled);
        return names.Count * 2 > widest
            && names.TrueForAll(name => name.Length <= MostNameCharacters && !IsValue(name))
            && names.Distinct(StringComparer.OrdinalIgnoreCase).Count() == names.Count;
    }

    /// <summary>Fits a Markdown table that a person can still read.</summary>
    public static bool IsNarrow(IReadOnlyList<string> names, IReadOnlyList<SheetRow> rows) =>
        names.Count <= MostColumns
        && PassageSize.Of(string.Join(' ', names)) <= MostRowWords
        && rows.All(row => row.Cells.All(cell => cell.Length <= MostCellCharacters));

    private static bool IsValue(string text) =>
        double.TryParse(text.TrimEnd('%', '€', '$').TrimStart('€', '$', '£', '¥'), NumberStyles.Any, CultureInfo.InvariantCulture, out _)
        || DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out _);
}
