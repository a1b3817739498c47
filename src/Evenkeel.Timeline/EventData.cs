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
    private const int FirstBytes = 1_024;

    // Larger ones are not kept.
    private const int MostKeptBytes = 16_384;

    private static readonly JsonWriterOptions Writing = new() { Encoder = Wire.Json.Encoder, SkipValidation = true };

    [ThreadStatic]
    private static (ArrayBufferWriter<byte> Buffer, Utf8JsonWriter Writer)? t_idle;

    private EventData(ReadOnlyMemory<byte> utf8) => Utf8 = utf8;

    /// <summary>As handed over.</summary>
    internal ReadOnlyMemory<byte> Utf8 { get; }

    /// <summary>From an object.</summary>
    public static EventData Of(object members) =>
        members is IReadOnlyDictionary<string, object?> named ? Of(named) : new(JsonSerializer.SerializeToUtf8Bytes(members, members.GetType(), Wire.Json));

    /// <summary>From names, written as they are, and values. Nearly all of them are plain, and are written without asking what they are.</summary>
    public static EventData Of(IReadOnlyDictionary<string, object?> members)
    {
        // Thousands of events wait in memory, where just their bytes should be.
        var (buffer, writer) = t_idle ?? New();
        t_idle = null;
        writer.WriteStartObject();
        foreach (var (name, value) in members)
        {
            writer.WritePropertyName(name);
            Write(writer, value);
        }

        writer.WriteEndObject();
        writer.Flush();
        var data = new EventData(buffer.WrittenSpan.ToArray());
        if (buffer.Capacity <= MostKeptBytes)
        {
            buffer.ResetWrittenCount();
            writer.Reset();
            t_idle = (buffer, writer);
        }

        return data;
    }

    /// <summary>From JSON that is there already; what is no object is recorded as unreadable.</summary>
    public static EventData OfJson(string json) => new(Encoding.UTF8.GetBytes(json));

    /// <inheritdoc/>
    public override string ToString() => Encoding.UTF8.GetString(Utf8.Span);

    private static (ArrayBufferWriter<byte> Buffer, Utf8JsonWriter Writer) New()
    {
        var buffer = new ArrayBufferWriter<byte>(FirstBytes);
        return (buffer, new Utf8JsonWriter(buffer, Writing));
    }

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
