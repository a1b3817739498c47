namespace Evenkeel.Knowledge.Reading.Pdf;

/// <summary>Tells headings from text by how large they are printed.</summary>
internal sealed class FontSizes
{
    private const double Larger = 1.12;
    private const int MostHeadingCharacters = 160;
    private const int MostBoldCharacters = 100;
    private const int MostLevels = 4;

    private readonly double _body;
    private readonly List<double> _levels;

    public FontSizes(IReadOnlyList<TextLine> lines)
    {
        _body = lines.Count == 0 ? 0 : lines.GroupBy(line => Rounded(line.Size)).MaxBy(size => size.Sum(line => line.Text.Length))!.Key;
        var larger = lines.Where(IsLarger).ToList();
        // Where a good part of the text is large, size is decoration.
        var isClear = larger.Sum(line => (long)line.Text.Length) * 4 < lines.Sum(line => (long)line.Text.Length);
        var largest = larger.Select(line => Rounded(line.Size)).DefaultIfEmpty().Max();
        HasTitle = isClear && larger.Where(line => Rounded(line.Size) == largest).Select(line => line.Page).Distinct().Count() == 1;
        _levels = isClear ? [.. larger.Select(line => Rounded(line.Size)).Distinct().OrderDescending().Take(MostLevels)] : [];
    }

    /// <summary>Is the largest print on one page only, as a title is? Chapters are on many.</summary>
    public bool HasTitle { get; }

    /// <summary>The level of a heading from 1; null for text.</summary>
    /// <param name="line">The line.</param>
    /// <param name="previous">The line above it in its column.</param>
    /// <param name="next">The line below it.</param>
    public int? Level(TextLine line, TextLine? previous, TextLine? next)
    {
        if (!line.Text.Any(char.IsLetter) || line.Cells.Count > 2)
        {
            return null;
        }

        if (_levels.Count > 0 && IsLarger(line))
        {
            var index = _levels.IndexOf(Rounded(line.Size));
            return index < 0 ? _levels.Count : index + 1;
        }

        return IsBoldHeading(line, previous, next) ? _levels.Count + 1 : null;
    }

    private bool IsLarger(TextLine line) => line.Size >= _body * Larger && line.Text.Length is > 1 and <= MostHeadingCharacters;

    /// <summary>A short bold line of its own above text that is not.</summary>
    private bool IsBoldHeading(TextLine line, TextLine? previous, TextLine? next) =>
        line.IsBold && line.Text.Length <= MostBoldCharacters && Math.Abs(line.Size - _body) <= 0.12 * _body
        && next is { IsBold: false } && !PdfText.EndsSentence(line.Text) && line.Text[^1] is not (',' or '，')
        && (previous is null || previous.Column != line.Column || !previous.IsBold && previous.Baseline - line.Baseline > 1.15 * line.Column.Pitch);

    private static double Rounded(double size) => Math.Round(size * 2) / 2;
}
