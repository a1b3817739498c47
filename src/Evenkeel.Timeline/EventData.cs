using System.Buffers;
using System.Text;
using System.Text.Json;
using Evenkeel.Contracts;

namespace Evenkeel.Timeline;

/// <summary>
/// An event's data, a JSON object: names and numbers, never message text. It is written once, when it is handed over, so that whoever made it may go on
/// using its parts; what must not be recorded is taken out when the event is stored.
/// </summary>
public sealed class EventData
{
    private const int FirstBytes = 256;

    private static readonly JsonWriterOptions Writing = new() { Encoder = Wire.Json.Encoder, SkipValidation = true };

    private EventData(ReadOnlyMemory<byte> utf8) => Utf8 = utf8;

    /// <summary>As handed over.</summary>
    internal ReadOnlyMemory<byte> Utf8 { get; }

    /// <summary>From an object.</summary>
    public static EventData Of(object members) =>
        members is IReadOnlyDictionary<string, object?> named ? Of(named) : new(JsonSerializer.SerializeToUtf8Bytes(members, members.GetType(), Wire.Json));

    /// <summary>From names, written as they are, and values. Nearly all of them are plain, and are written without asking what they are.</summary>
    public static EventData Of(IReadOnlyDictionary<string, object?> members)
    {
        var buffer = new ArrayBufferWriter<byte>(FirstBytes);
        using var writer = new Utf8JsonWriter(buffer, Writing);
        writer.WriteStartObject();
        foreach (var (name, value) in members)
        {
            writer.WritePropertyName(name);
            Write(writer, value);
        }

        writer.WriteEndObject();
        writer.Flush();
        return new EventData(buffer.WrittenMemory);
    }

    /// <summary>From JSON that is there already; what is no object is recorded as unreadable.</summary>
    public static EventData OfJson(string json) => new(Encoding.UTF8.GetBytes(json));

    /// <inheritdoc/>
    public override string ToString() => Encoding.UTF8.GetString(Utf8.Span);

    private static void Write(Utf8JsonWriter writer, object? value)
    {
        switch (value)
        {
            case null:
                writer.WriteNullValue();
                break;
            case string text:
                writer.WriteStringValue(text);
                break;
            case bool fact:
                writer.WriteBooleanValue(fact);
                break;
            case int number:
                writer.WriteNumberValue(number);
                break;
            case long number:
                writer.WriteNumberValue(number);
                break;
            case double number when double.IsFinite(number):
                writer.WriteNumberValue(number);
                break;
            case Guid id:
                writer.WriteStringValue(id);
                break;
            default:
                JsonSerializer.Serialize(writer, value, value.GetType(), Wire.Json);
                break;
        }
    }
}
