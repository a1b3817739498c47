using System.Text;
using UglyToad.PdfPig.Content;

namespace Evenkeel.Knowledge.Reading.Pdf;

/// <summary>Letters that follow each other on a line without a wide gap.</summary>
internal sealed record TextRun(string Text, double Left, double Right, double Baseline, double Size, bool IsBold);

/// <summary>Makes runs of a page's letters, in the order in which the page draws them.</summary>
internal sealed class TextRuns
{
    // Shares of the letter size, as typesetting has them: a space is about a quarter, a gap between columns more than one.
    private const double Space = 0.2;
    private const double Gap = 1.3;
    private const double Overlap = -0.7;
    private const double Shift = 0.4;

    private readonly List<TextRun> _runs = [];
    private readonly StringBuilder _text = new();
    private Letter? _last;
    private double _left;
    private double _right;
    private double _baseline;
    private double _size;
    private int _bold;
    private int _count;
    private bool _isSpaceDue;

    /// <summary>The runs of a page; what stands upright at its side, such as a stamp, is left out.</summary>
    public static List<TextRun> Of(IReadOnlyList<Letter> letters)
    {
        var runs = new TextRuns();
        foreach (var letter in letters)
        {
            if (letter.TextOrientation is TextOrientation.Horizontal or TextOrientation.Other)
            {
                runs.Add(letter);
            }
        }

        runs.End();
        return runs._runs;
    }

    private void Add(Letter letter)
    {
        if (string.IsNullOrWhiteSpace(letter.Value) || letter.Value[0] == '\0')
        {
            _isSpaceDue = true;
            return;
        }

        var size = letter.PointSize > 0.5 ? letter.PointSize : Math.Max(1, letter.BoundingBox.Height);
        if (_last is not null && IsRepeated(letter, size))
        {
            return;
        }

        var gap = letter.StartBaseLine.X - _right;
        var em = Math.Max(size, _size);
        if (_last is null || Math.Abs(letter.StartBaseLine.Y - _baseline) > Shift * em || gap > Gap * em || gap < Overlap * em)
        {
            End();
            (_left, _baseline, _size) = (letter.StartBaseLine.X, letter.StartBaseLine.Y, size);
        }
        else if ((_isSpaceDue || gap > Space * em) && !PdfText.IsUnspaced(_text[^1], letter.Value[0]))
        {
            _text.Append(' ');
        }

        _text.Append(letter.Value);
        _right = Math.Max(letter.EndBaseLine.X, letter.StartBaseLine.X);
        _size = Math.Max(_size, size);
        _bold += IsBold(letter) ? 1 : 0;
        _count++;
        (_last, _isSpaceDue) = (letter, false);
    }

    /// <summary>Some programs draw a letter twice to make it bold.</summary>
    private bool IsRepeated(Letter letter, double size) =>
        letter.Value == _last!.Value && Math.Abs(letter.StartBaseLine.X - _last.StartBaseLine.X) < 0.15 * size && Math.Abs(letter.StartBaseLine.Y - _last.StartBaseLine.Y) < 0.15 * size;

    private static bool IsBold(Letter letter) =>
        letter.FontName is { } name && (name.Contains("Bold", StringComparison.OrdinalIgnoreCase) || name.Contains("Black", StringComparison.OrdinalIgnoreCase)
            || name.Contains("Heavy", StringComparison.OrdinalIgnoreCase));

    private void End()
    {
        if (_text.Length > 0)
        {
            _runs.Add(new TextRun(_text.ToString(), _left, _right, _baseline, _size, _bold * 2 > _count));
        }

        _text.Clear();
        (_last, _size, _bold, _count, _isSpaceDue) = (null, 0, 0, 0, false);
    }
}
