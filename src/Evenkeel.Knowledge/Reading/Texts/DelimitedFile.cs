using CsvHelper;
using Evenkeel.Knowledge.Reading.Tables;
using Evenkeel.Knowledge.Splitting;

namespace Evenkeel.Knowledge.Reading.Texts;

/// <summary>CSV and TSV: rows of a table, with the number of the row.</summary>
internal static class DelimitedFile
{
    /// <summary>A quote that is never closed must not make one field of the whole file.</summary>
    private const int MostRecordBytes = 1024 * 1024;

    public static DocumentStructure Read(DocumentFile file, ReadingLimits limits, CancellationToken cancellationToken)
    {
        var text = TextCodec.Decode(File.ReadAllBytes(file.Path), Charset.Of(file.MediaType));
        limits.Check(text.Length);
        var outline = new Outline();
        var table = new SheetText(outline, sheet: null);
        using var reader = CsvReader.FromText(text, Options(file.FileName));
        while (reader.Read())
        {
            cancellationToken.ThrowIfCancellationRequested();
            table.Add((int)reader.RowNumber, reader.Current.ToArray());
            limits.Check(outline.Characters);
        }

        table.Finish();
        return outline.Finish();
    }

    private static CsvReaderOptions Options(string fileName) => CsvReaderOptions.Default with
    {
        // Null lets the reader find it in the first lines.
        Separator = Path.GetExtension(fileName).ToUpperInvariant() is ".TSV" or ".TAB" ? '\t' : null,
        HasHeader = false,
        SkipEmptyLines = false,
        TrimWhitespace = true,
        MaxRecordSize = MostRecordBytes,
    };
}
