using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Evenkeel.Platform.Privacy;

/// <summary>Judges a timeline event's data. Most of it is numbers and ids, and comes back as it was.</summary>
internal static class RedactedEventData
{
    private const string Unreadable = """{"redaction":"failed"}""";
    private static readonly PassedTexts Names = new();
    private static readonly JsonWriterOptions Writing = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Of(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
            {
                return Unreadable;
            }

            return MayPass("", document.RootElement) ? json : Write(document.RootElement);
        }
        catch (Exception)
        {
            return Unreadable;
        }
    }

    private static bool MayPass(string field, JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().All(property => Name(property.Name) == property.Name && MayPass(property.Name, property.Value)),
        JsonValueKind.Array => element.EnumerateArray().All(item => MayPass(field, item)),
        JsonValueKind.String => element.GetString() is { } text && Redaction.Text(field, text) == text,
        _ => true,
    };

    private static string Write(JsonElement root)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, Writing))
        {
            Write(writer, "", root);
        }

        return Encoding.UTF8.GetString(buffer.ToArray());
    }

    private static void Write(Utf8JsonWriter writer, string field, JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                writer.WriteStartObject();
                foreach (var property in element.EnumerateObject())
                {
                    writer.WritePropertyName(Name(property.Name));
                    Write(writer, property.Name, property.Value);
                }

                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (var item in element.EnumerateArray())
                {
                    Write(writer, field, item);
                }

                writer.WriteEndArray();
                break;
            case JsonValueKind.String:
                writer.WriteStringValue(Redaction.Text(field, element.GetString()!));
                break;
            default:
                element.WriteTo(writer);
                break;
        }
    }

    // A name is a word of the program, unless somebody made names out of people's words.
    private static string Name(string name) => Names.Judge("", name, static (_, one) => Redaction.IsCode(one) ? one : "[name]");
}
