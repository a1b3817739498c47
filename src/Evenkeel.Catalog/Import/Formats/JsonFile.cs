using System.Text.Json;
using Evenkeel.Catalog.Import.Rows;
using Evenkeel.Platform.Errors;

namespace Evenkeel.Catalog.Import.Formats;

/// <summary>Walks a JSON file object by object: a list, or an object with a list named <c>events</c>. No more than one object is in memory as a tree.</summary>
internal static class JsonFile
{
    /// <summary>The deepest that a good file has is a location in an event in a list in an object.</summary>
    private const int MostDepth = 8;

    /// <param name="text">UTF-8.</param>
    /// <param name="rows">What was found.</param>
    /// <param name="read">Reads one object, given where it is.</param>
    /// <param name="cancellationToken">Also the deadline of reading.</param>
    /// <returns>Why the file cannot be read; null where it was.</returns>
    public static Error? Read(ReadOnlySpan<byte> text, ReadRows rows, Action<JsonElement, RowRef> read, CancellationToken cancellationToken)
    {
        var reader = new Utf8JsonReader(text, new JsonReaderOptions { MaxDepth = MostDepth, CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
        try
        {
            if (!FindList(ref reader))
            {
                return Refusals.NotJson(Line(text, reader.TokenStartIndex));
            }

            return ReadList(text, ref reader, rows, read, cancellationToken);
        }
        catch (JsonException exception)
        {
            return Refusals.NotJson((exception.LineNumber ?? 0) + 1);
        }
    }

    private static Error? ReadList(
        ReadOnlySpan<byte> text, ref Utf8JsonReader reader, ReadRows rows, Action<JsonElement, RowRef> read, CancellationToken cancellationToken)
    {
        var line = 1;
        var counted = 0;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var begin = (int)reader.TokenStartIndex;
            line += text[counted..begin].Count((byte)'\n');
            counted = begin;
            rows.Rows++;
            if (rows.IsTooMuch)
            {
                return Refusals.TooManyRows(rows.MostRows);
            }

            if (reader.TokenType != JsonTokenType.StartObject)
            {
                rows.Fail(new RowRef(line, rows.Rows), field: null, ImportTexts.TypeInvalid);
                reader.Skip();
                continue;
            }

            using var row = JsonDocument.ParseValue(ref reader);
            read(row.RootElement, new RowRef(line, rows.Rows));
        }

        while (reader.Read())
        {
            // What follows must be JSON too: a file that is cut off or joined from two is not half imported.
        }

        return null;
    }

    private static bool FindList(ref Utf8JsonReader reader)
    {
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            return reader.TokenType == JsonTokenType.StartArray;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isList = reader.ValueTextEquals("events"u8);
            reader.Read();
            if (isList)
            {
                return reader.TokenType == JsonTokenType.StartArray;
            }

            reader.Skip();
        }

        return false;
    }

    private static int Line(ReadOnlySpan<byte> text, long position) => 1 + text[..(int)position].Count((byte)'\n');
}
