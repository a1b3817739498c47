using System.Buffers;
using Evenkeel.Contracts.Knowledge;

namespace Evenkeel.Knowledge.Splitting;

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
            passages.AddRange(Merge(section.Units.SelectMany(Cut), BetweenBlocks).Select(piece => new SplitPassage(section.HeadingPath, piece.Text, piece.Place)));
        }

        return passages;
    }

    private static IEnumerable<Piece> Cut(TextUnit unit)
    {
        var size = PassageSize.Of(unit.Text);
        var most = unit.Kind is UnitKind.Verbatim or UnitKind.Table ? PassageSize.MostVerbatim : PassageSize.Most;
        if (size <= most)
        {
            return [new Piece(unit.Text, size, RowsOf(unit, 0, unit.Parts.Count - 1))];
        }

        return unit.Kind switch
        {
            UnitKind.List => Merge(unit.Parts.SelectMany(item => Cut(TextUnit.Paragraph(item)).Select(piece => piece with { Place = unit.PlaceAt(0) })), "\n"),
            UnitKind.Verbatim => Merge(unit.Text.Split('\n').SelectMany(line => CutAnywhere(line, unit.PlaceAt(0))), "\n"),
            UnitKind.Table => CutTable(unit),
            _ => Merge(CutSentences(unit), ""),
        };
    }

    private static IEnumerable<Piece> CutSentences(TextUnit unit)
    {
        var offset = 0;
        foreach (var sentence in Sentences.Of(unit.Text))
        {
            foreach (var piece in CutAnywhere(sentence, null))
            {
                yield return piece with { Place = unit.PlaceAt(offset) };
                offset += piece.Text.Length;
            }
        }
    }

    private static IEnumerable<Piece> CutTable(TextUnit table)
    {
        var header = PassageSize.Of(table.Header);
        // A header that would fill the passages by itself explains less than the rows it would push out.
        var repeated = table.Header.Length > 0 && header <= PassageSize.Most / 2 ? table.Header + "\n" : "";
        var rows = table.Parts.SelectMany((row, index) => CutAnywhere(row, RowsOf(table, index, index)));
        return Merge(rows, "\n", repeated.Length > 0 ? PassageSize.Most - header : PassageSize.Most)
            .Select(piece => new Piece(repeated + piece.Text, piece.Size + header, piece.Place));
    }

    private static PassagePlace? RowsOf(TextUnit unit, int first, int last) =>
        unit.RowNumbers.Count > last && last >= 0 && unit.PlaceAt(0) is { } place
            ? place with { FirstRow = unit.RowNumbers[first], LastRow = unit.RowNumbers[last] }
            : unit.PlaceAt(0);

    /// <summary>A sentence or line over the limit is cut where a clause or, failing that, a word ends.</summary>
    private static List<Piece> CutAnywhere(string text, PassagePlace? place)
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

            pieces.Add(new Piece(text.Substring(start, length), size, place));
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

    private static IEnumerable<Piece> Merge(IEnumerable<Piece> source, string separator, double most = PassageSize.Most)
    {
        var pieces = source.ToList();
        var total = pieces.Sum(piece => piece.Size);
        var goal = total / Math.Max(1, Math.Ceiling(total / most));
        var current = new List<Piece>();
        var size = 0.0;
        foreach (var piece in pieces)
        {
            var isFull = current.Count > 0 && (size >= goal || size + piece.Size > most);
            if (isFull)
            {
                yield return Join(current, separator, size);
                current.Clear();
                size = 0;
            }

            current.Add(piece);
            size += piece.Size;
        }

        if (current.Count > 0)
        {
            yield return Join(current, separator, size);
        }
    }

    private static Piece Join(List<Piece> pieces, string separator, double size) =>
        new(string.Join(separator, pieces.Select(piece => piece.Text)).Trim(), size, PlaceOf(pieces));

    /// <summary>A passage stands where it begins; of a sheet it also says where its rows end.</summary>
    private static PassagePlace? PlaceOf(List<Piece> pieces)
    {
        var first = pieces.Find(piece => piece.Place is not null).Place;
        var last = pieces.FindLast(piece => piece.Place?.LastRow is not null).Place;
        return first is not null && last is not null ? first with { FirstRow = first.FirstRow ?? last.FirstRow, LastRow = last.LastRow } : first;
    }

    private readonly record struct Piece(string Text, double Size, PassagePlace? Place);
}
