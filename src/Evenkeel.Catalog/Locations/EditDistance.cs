namespace Evenkeel.Catalog.Locations;

/// <summary>How many letters differ: inserted, left out, exchanged, or two neighbours swapped.</summary>
internal static class EditDistance
{
    // Longer names are never compared: a question's words are short.
    private const int MostCharacters = 64;

    /// <summary>The distance; null where it is more than <paramref name="most"/>.</summary>
    public static int? Between(string left, string right, int most)
    {
        if (Math.Abs(left.Length - right.Length) > most || Math.Max(left.Length, right.Length) > MostCharacters)
        {
            return null;
        }

        Span<int> beforeLast = stackalloc int[MostCharacters + 1];
        Span<int> last = stackalloc int[MostCharacters + 1];
        Span<int> current = stackalloc int[MostCharacters + 1];
        for (var column = 0; column <= right.Length; column++)
        {
            last[column] = column;
        }

        for (var row = 1; row <= left.Length; row++)
        {
            if (FillRow(left, right, row, beforeLast, last, current) > most)
            {
                return null;
            }

            var spare = beforeLast;
            beforeLast = last;
            last = current;
            current = spare;
        }

        return last[right.Length] <= most ? last[right.Length] : null;
    }

    /// <returns>The least of the row: no later one is less by more than a swap needs.</returns>
    private static int FillRow(string left, string right, int row, ReadOnlySpan<int> beforeLast, ReadOnlySpan<int> last, Span<int> current)
    {
        current[0] = row;
        var least = row;
        for (var column = 1; column <= right.Length; column++)
        {
            var isSame = left[row - 1] == right[column - 1];
            var distance = Math.Min(Math.Min(last[column], current[column - 1]) + 1, last[column - 1] + (isSame ? 0 : 1));
            if (row > 1 && column > 1 && left[row - 1] == right[column - 2] && left[row - 2] == right[column - 1])
            {
                distance = Math.Min(distance, beforeLast[column - 2] + 1);
            }

            current[column] = distance;
            least = Math.Min(least, distance);
        }

        return least;
    }
}
