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
    /// <param name="make">Makes an event of one object; it is taken unless something of it was noted as wrong.</param>
    /// <param name="cancellationToken">Also the deadline of reading.</param>
    /// <returns>Why the file cannot be read; null where it was.</returns>
    public static Error? Read(ReadOnlySpan<byte> text, ReadRows rows, Func<JsonMembers, EventRow> make, CancellationToken cancellationToken)
    {
        var reader = new Utf8JsonReader(text, new JsonReaderOptions { MaxDepth = MostDepth, CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
        try
        {
            if (!FindList(ref reader))
            {
                return Refusals.NotJson(Line(text, reader.TokenStartIndex));
            }

            return ReadList(text, ref reader, rows, make, cancellationToken);
        }
        catch (JsonException exception)
        {
            return Refusals.NotJson((exception.LineNumber ?? 0) + 1);
        }
    }

    private static Error? ReadList(
        ReadOnlySpan<byte> text, ref Utf8JsonReader reader, ReadRows rows, Func<JsonMembers, EventRow> make, CancellationToken cancellationToken)
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

            ReadRow(ref reader, new RowRef(line, rows.Rows), rows, make);
        }

        while (reader.Read())
        {
            // What follows must be JSON too: a file that is cut off or joined from two is not half imported.
        }

        return null;
    }

    private static void ReadRow(ref Utf8JsonReader reader, RowRef at, ReadRows rows, Func<JsonMembers, EventRow> make)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            rows.Fail(at, field: null, ImportTexts.TypeInvalid);
            reader.Skip();
            return;
        }

        using var document = JsonDocument.ParseValue(ref reader);
        var failed = rows.Failed;
        var row = make(new JsonMembers(rows, at, document.RootElement));
        if (rows.Failed == failed)
        {
            rows.Events.Add(row);
        }
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
