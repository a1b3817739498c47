using System.Text;
using CsvHelper;
using Evenkeel.Catalog.Import.Rows;
using Evenkeel.Platform.Errors;

namespace Evenkeel.Catalog.Import.Formats;

/// <summary>A row of a table.</summary>
/// <param name="At">Where it is.</param>
/// <param name="Cells">Trimmed.</param>
internal readonly record struct CsvLine(RowRef At, string[] Cells);

/// <summary>
/// Rows of a table with their lines. A quotation mark that is never closed takes the rest of the file for one cell: then the row that has it fails, and
/// reading begins again on the line after it.
/// </summary>
internal sealed class CsvTable(ReadRows rows)
{
    /// <summary>No table of events has more; a header of millions is made to do harm.</summary>
    private const int MostColumns = 1_000;

    /// <summary>Each costs reading what follows again.</summary>
    private const int MostOpenQuotes = 20;
    private char? _separator;

    public IReadOnlyList<string>? Header { get; private set; }

    public List<CsvLine> Lines { get; } = [];

    /// <returns>Why the file cannot be read; null where it was.</returns>
    public Error? Read(ReadOnlyMemory<byte> text, CancellationToken cancellationToken)
    {
        var firstLine = 1;
        for (var quotes = 0; ; quotes++)
        {
            var open = 0;
            if (ReadFrom(text, firstLine, line => open = line, cancellationToken) is { } error)
            {
                return error;
            }

            if (open == 0)
            {
                return null;
            }

            rows.Fail(new RowRef(open, rows.Rows), field: null, ImportTexts.QuoteOpen);
            if (quotes == MostOpenQuotes)
            {
                return Refusals.Unreadable($"Line {open:N0}: a quotation mark is never closed, as in {quotes} lines before.", $"第 {open:N0} 行：引号没有闭合，此前已有 {quotes} 行如此。");
            }

            text = Behind(text, open - firstLine + 1);
            firstLine = open + 1;
        }
    }

    private Error? ReadFrom(ReadOnlyMemory<byte> text, int firstLine, Action<int> noteOpenQuote, CancellationToken cancellationToken)
    {
        var openQuote = 0;
        var strayQuote = 0;
        using var reader = CsvReader.FromText(Encoding.UTF8.GetString(text.Span), Options(malformed =>
        {
            var line = firstLine - 1 + (int)malformed.LineNumber;
            if (malformed.Reason == CsvMalformedReason.UnterminatedQuote)
            {
                openQuote = line;
            }
            else
            {
                strayQuote = line;
            }
        }));
        while (reader.Read())
        {
            cancellationToken.ThrowIfCancellationRequested();
            var line = firstLine - 1 + (int)reader.LineNumber;
            if (reader.FieldCount > MostColumns)
            {
                return Refusals.Unreadable($"Line {line:N0} has more than {MostColumns:N0} columns.", $"第 {line:N0} 行超过 {MostColumns:N0} 列。");
            }

            _separator ??= reader.Separator;
            if (Add(reader, line, isBroken: openQuote == line) is { } error)
            {
                return error;
            }

            if (strayQuote == line)
            {
                rows.Warn(new RowRef(line, rows.Rows), field: null, ImportTexts.QuoteStray);
            }
        }

        noteOpenQuote(openQuote);
        return null;
    }

    private Error? Add(CsvReader reader, int line, bool isBroken)
    {
        if (Header is not null)
        {
            rows.Rows++;
            if (rows.IsTooMuch)
            {
                return Refusals.TooManyRows(rows.MostRows);
            }
        }

        var cells = isBroken ? [] : reader.Current.ToArray();
        if (isBroken || !Array.Exists(cells, cell => cell.Length > 0))
        {
            rows.Rows -= isBroken || Header is null ? 0 : 1;
        }
        else if (Header is null)
        {
            Header = cells;
        }
        else
        {
            Lines.Add(new CsvLine(new RowRef(line, rows.Rows), cells));
        }

        return null;
    }

    private CsvReaderOptions Options(Action<CsvMalformedRecord> onMalformed) => CsvReaderOptions.Default with
    {
        // Null lets the reader find it in the first lines.
        Separator = _separator,
        HasHeader = false,
        SkipEmptyLines = true,
        TrimWhitespace = true,
        TrackLineNumbers = true,
        PoolStrings = true,
        OnMalformedRecord = onMalformed,
    };

    private static ReadOnlyMemory<byte> Behind(ReadOnlyMemory<byte> text, int lines)
    {
        for (var line = 0; line < lines; line++)
        {
            var end = text.Span.IndexOf((byte)'\n');
            text = end < 0 ? default : text[(end + 1)..];
        }

        return text;
    }
}
