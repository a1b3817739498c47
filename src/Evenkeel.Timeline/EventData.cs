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
    private EventData(ReadOnlyMemory<byte> utf8) => Utf8 = utf8;

    /// <summary>As handed over.</summary>
    internal ReadOnlyMemory<byte> Utf8 { get; }

    /// <summary>From an object or a dictionary.</summary>
    public static EventData Of(object members) => new(JsonSerializer.SerializeToUtf8Bytes(members, members.GetType(), Wire.Json));

    /// <summary>From JSON that is there already; what is no object is recorded as unreadable.</summary>
    public static EventData OfJson(string json) => new(Encoding.UTF8.GetBytes(json));

    /// <inheritdoc/>
    public override string ToString() => Encoding.UTF8.GetString(Utf8.Span);
}
