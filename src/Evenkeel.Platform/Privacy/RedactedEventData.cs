using System.Buffers;
using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Evenkeel.Platform.Privacy;

/// <summary>
/// Judges a timeline event's data as it is read, token by token. Most of it is numbers, ids and words of the program, and comes back as it was: only where
/// something must not pass is it written anew.
/// </summary>
internal static class RedactedEventData
{
    private const string AnyId = "00000000-0000-0000-0000-000000000000";
    private const int LongestLookedUp = 128;

    private static readonly byte[] Unreadable = """{"redaction":"failed"}"""u8.ToArray();
    private static readonly PassedSpans Texts = new();
    private static readonly Func<string, string, bool> IsLeftAsItIs = static (field, text) => string.Equals(Redaction.Text(field, text), text, StringComparison.Ordinal);
    private static readonly JsonWriterOptions Writing = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <param name="json">An object; anything else is replaced.</param>
    /// <param name="withholdsTexts">No text passes, whatever it is.</param>
    public static ReadOnlyMemory<byte> Of(ReadOnlyMemory<byte> json, bool withholdsTexts)
    {
        try
        {
            return MayPass(json.Span, withholdsTexts) ? json : Write(json.Span, withholdsTexts);
        }
        catch (Exception)
        {
            Redaction.Fail();
            return Unreadable;
        }
    }

    private static bool MayPass(ReadOnlySpan<byte> json, bool withholdsTexts)
    {
        var fields = new FieldNames();
        var reader = new Utf8JsonReader(json);
        while (reader.Read())
        {
            if (reader.CurrentDepth == 0 && reader.TokenType is not (JsonTokenType.StartObject or JsonTokenType.EndObject))
            {
                throw new JsonException();
            }

            switch (reader.TokenType)
            {
                case JsonTokenType.PropertyName:
                    if (Find(ref reader) is not { IsWord: true } field)
                    {
                        return false;
                    }

                    fields.Set(reader.CurrentDepth, field);
                    break;
                case JsonTokenType.String:
                    if (withholdsTexts || !IsTextThatPasses(ref reader, fields.Of(reader.CurrentDepth)))
                    {
                        return false;
                    }

                    break;
                case JsonTokenType.StartArray:
                    // What stands in a list stands under the list's name.
                    fields.Set(reader.CurrentDepth + 1, fields.Of(reader.CurrentDepth));
                    break;
            }
        }

        return true;
    }

    /// <summary>Null for names that are too long to be words.</summary>
    private static FieldName? Find(ref Utf8JsonReader reader)
    {
        if (reader.ValueSpan.Length > LongestLookedUp)
        {
            return null;
        }

        Span<char> characters = stackalloc char[LongestLookedUp];
        return FieldName.Of(characters[..reader.CopyString(characters)]);
    }

    private static bool IsTextThatPasses(ref Utf8JsonReader reader, FieldName field)
    {
        if (reader.ValueSpan.Length > LongestLookedUp)
        {
            return IsLeftAsItIs(field.Name, reader.GetString()!);
        }

        Span<char> characters = stackalloc char[LongestLookedUp];
        characters = characters[..reader.CopyString(characters)];
        // All ids are alike.
        return characters.Length == AnyId.Length && Guid.TryParseExact(characters, "D", out _) ? field.TakesIds : Texts.Passes(field.Name, characters, IsLeftAsItIs);
    }

    private static ReadOnlyMemory<byte> Write(ReadOnlySpan<byte> json, bool withholdsTexts)
    {
        var buffer = new ArrayBufferWriter<byte>(json.Length + 64);
        using var writer = new Utf8JsonWriter(buffer, Writing);
        var fields = new FieldNames();
        var reader = new Utf8JsonReader(json);
        while (reader.Read())
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.StartObject:
                    writer.WriteStartObject();
                    break;
                case JsonTokenType.EndObject:
                    writer.WriteEndObject();
                    break;
                case JsonTokenType.StartArray:
                    fields.Set(reader.CurrentDepth + 1, fields.Of(reader.CurrentDepth));
                    writer.WriteStartArray();
                    break;
                case JsonTokenType.EndArray:
                    writer.WriteEndArray();
                    break;
                case JsonTokenType.PropertyName:
                    var name = reader.GetString()!;
                    fields.Set(reader.CurrentDepth, FieldName.Of(name));
                    // A name is a word of the program, unless somebody made names out of people's words.
                    writer.WritePropertyName(Redaction.IsCode(name) ? name : "[name]");
                    break;
                case JsonTokenType.String:
                    var text = reader.GetString()!;
                    writer.WriteStringValue(withholdsTexts ? Redaction.Withheld(text) : Redaction.Text(fields.Of(reader.CurrentDepth).Name, text));
                    break;
                default:
                    writer.WriteRawValue(reader.ValueSpan, skipInputValidation: true);
                    break;
            }
        }

        writer.Flush();
        return buffer.WrittenMemory;
    }

    /// <summary>A name, and what is known of it once and for all.</summary>
    private sealed record FieldName(string Name, bool IsWord, bool TakesIds)
    {
        private const int MostKnown = 2_000;

        private static readonly ConcurrentDictionary<string, FieldName> Known = new(StringComparer.Ordinal);
        private static readonly ConcurrentDictionary<string, FieldName>.AlternateLookup<ReadOnlySpan<char>> Lookup = Known.GetAlternateLookup<ReadOnlySpan<char>>();

        public static FieldName None { get; } = Of("");

        public static FieldName Of(ReadOnlySpan<char> name)
        {
            if (Lookup.TryGetValue(name, out var known))
            {
                return known;
            }

            var text = name.ToString();
            var made = new FieldName(text, Redaction.IsCode(text), Redaction.Text(text, AnyId) == AnyId);
            return Known.Count < MostKnown ? Known.GetOrAdd(text, made) : made;
        }
    }

    /// <summary>The name that a value stands under, by depth.</summary>
    private struct FieldNames
    {
        // The reader's own limit and one more.
        private const int Deepest = 66;

        private Names _names;

        public readonly FieldName Of(int depth) => _names[depth] ?? FieldName.None;

        public void Set(int depth, FieldName name) => _names[depth] = name;

        [InlineArray(Deepest)]
        private struct Names
        {
            private FieldName? _first;
        }
    }
}
