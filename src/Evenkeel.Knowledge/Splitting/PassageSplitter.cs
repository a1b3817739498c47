using System.Buffers;

namespace Evenkeel.Knowledge.Splitting;

/// <summary>A passage as cut from a document.</summary>
/// <param name="HeadingPath">Headings above it.</param>
/// <param name="Text">As written.</param>
internal sealed record SplitPassage(IReadOnlyList<string> HeadingPath, string Text);

/// <summary>
/// Makes passages of sections: blocks under one heading are merged up to <see cref="PassageSize.Most"/>, longer ones cut at the best
/// place their kind offers. Passages of one section get about the same size, so that no crumb is left at the end.
/// </summary>
internal static class PassageSplitter
{
    private const string BetweenBlocks = "\n\n";

    private static readonly SearchValues<char> ClauseEnds = SearchValues.Create("，、；：,;:|");

    public static List<SplitPassage> Split(IEnumerable<Section> sections)
    {
        var passages = new List<SplitPassage>();
        foreach (var section in sections)
        {
            passages.AddRange(Merge(section.Units.SelectMany(Cut), BetweenBlocks).Select(text => new SplitPassage(section.HeadingPath, text)));
        }

        return passages;
    }

    private static IEnumerable<Piece> Cut(TextUnit unit)
    {
        var size = PassageSize.Of(unit.Text);
        var most = unit.Kind == UnitKind.Verbatim ? PassageSize.MostVerbatim : PassageSize.Most;
        if (size <= most)
        {
            return [new Piece(unit.Text, size)];
        }

        return unit.Kind switch
        {
            UnitKind.List => Merge(unit.Parts.SelectMany(item => Cut(TextUnit.Paragraph(item))), "\n").Select(Piece.Of),
            UnitKind.Verbatim => Merge(unit.Text.Split('\n').SelectMany(CutAnywhere), "\n").Select(Piece.Of),
            _ => Merge(Sentences.Of(unit.Text).SelectMany(CutAnywhere), "").Select(Piece.Of),
        };
    }

    /// <summary>A sentence or line over the limit is cut where a clause or, failing that, a word ends.</summary>
    private static List<Piece> CutAnywhere(string text)
    {
        var pieces = new List<Piece>(1);
        for (var start = 0; start < text.Length;)
        {
            var length = PassageSize.Fit(text.AsSpan(start), PassageSize.Most, out var size);
            if (start + length < text.Length)
            {
                length = BestCut(text.AsSpan(start, length));
                size = PassageSize.Of(text.Substring(start, length));
            }

            pieces.Add(new Piece(text.Substring(start, length), size));
            start += length;
        }

        return pieces;
    }

    private static int BestCut(ReadOnlySpan<char> window)
    {
        var half = window.Length / 2;
        var at = window[half..].LastIndexOfAny(ClauseEnds);
        at = at < 0 ? window[half..].LastIndexOf(' ') : at;
        return at < 0 ? window.Length : half + at + 1;
    }

    private static IEnumerable<string> Merge(IEnumerable<Piece> source, string separator)
    {
        var pieces = source.ToList();
        var total = pieces.Sum(piece => piece.Size);
        var goal = total / Math.Max(1, Math.Ceiling(total / PassageSize.Most));
        var current = new List<string>();
        var size = 0.0;
        foreach (var piece in pieces)
        {
            var isFull = current.Count > 0 && (size >= goal || size + piece.Size > PassageSize.Most);
            if (isFull)
            {
                yield return string.Join(separator, current).Trim();
                current.Clear();
                size = 0;
            }

            current.Add(piece.Text);
            size += piece.Size;
        }

        if (current.Count > 0)
        {
            yield return string.Join(separator, current).Trim();
        }
    }

    private readonly record struct Piece(string Text, double Size)
    {
        public static Piece Of(string text) => new(text, PassageSize.Of(text));
    }
}
