using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace Evenkeel.ScriptedModel;

/// <summary>
/// The same text gives the same unit vector, and texts with words in common give near ones: words (Chinese: pairs of
/// characters) are hashed into the dimensions.
/// </summary>
internal static class EmbeddingsEndpoint
{
    public static string InputOf(ReceivedRequest request)
    {
        using var document = request.Parse();
        return string.Join('\n', Inputs(document.RootElement.GetProperty("input")));
    }

    public static async Task AnswerAsync(HttpContext context, ReceivedRequest request, int defaultDimensions, Behaviour? behaviour)
    {
        if (await ServiceBehaviour.AnswersAsync(context, behaviour))
            return;
        using var document = request.Parse();
        var root = document.RootElement;
        var dimensions = behaviour?.Dimensions ?? (root.TryGetProperty("dimensions", out var asked) && asked.TryGetInt32(out var number) ? number : defaultDimensions);
        var asBase64 = root.TryGetProperty("encoding_format", out var format) && format.ValueEquals("base64");
        context.Response.ContentType = "application/json";
        await using var json = new Utf8JsonWriter(context.Response.BodyWriter);
        json.WriteStartObject();
        json.WriteString("object", "list");
        json.WriteString("model", request.Model);
        json.WriteStartArray("data");
        var index = 0;
        foreach (var text in Inputs(root.GetProperty("input")))
            Write(json, index++, Embed(text, dimensions), asBase64);
        json.WriteEndArray();
        json.WriteStartObject("usage");
        json.WriteNumber("prompt_tokens", Usage.PromptTokens);
        json.WriteNumber("total_tokens", Usage.PromptTokens);
        json.WriteEndObject();
        json.WriteEndObject();
        await json.FlushAsync(context.RequestAborted);
    }

    private static IEnumerable<string> Inputs(JsonElement input) =>
        input.ValueKind == JsonValueKind.Array
            ? input.EnumerateArray().Select(text => text.ToString())
            : [input.ToString()];

    private static void Write(Utf8JsonWriter json, int index, float[] vector, bool asBase64)
    {
        json.WriteStartObject();
        json.WriteString("object", "embedding");
        json.WriteNumber("index", index);
        if (asBase64)
        {
            json.WriteBase64String("embedding", MemoryMarshal.AsBytes<float>(vector));
        }
        else
        {
            json.WriteStartArray("embedding");
            foreach (var value in vector)
                json.WriteNumberValue(value);
            json.WriteEndArray();
        }
        json.WriteEndObject();
    }

    /// <summary>The vector of a text.</summary>
    public static float[] Embed(string text, int dimensions)
    {
        var vector = new float[dimensions];
        foreach (var term in Terms(text))
            vector[Hash(term) % (uint)dimensions] += 1;
        var length = MathF.Sqrt(vector.Sum(value => value * value));
        if (length == 0)
            vector[0] = length = 1;
        for (var index = 0; index < dimensions; index++)
            vector[index] /= length;
        return vector;
    }

    private static IEnumerable<string> Terms(string text)
    {
        var word = new StringBuilder();
        char? previous = null;
        foreach (var letter in text.ToLowerInvariant().Append(' '))
        {
            var isWide = letter > 0x2E80 && char.IsLetter(letter);
            if (isWide && previous is { } first)
                yield return $"{first}{letter}";
            previous = isWide ? letter : null;
            if (!isWide && char.IsLetterOrDigit(letter))
            {
                word.Append(letter);
            }
            else if (word.Length > 0)
            {
                yield return word.ToString();
                word.Clear();
            }
        }
    }

    /// <summary>FNV-1a: string.GetHashCode differs from run to run.</summary>
    private static uint Hash(string term)
    {
        var hash = 2166136261u;
        foreach (var letter in term)
            hash = (hash ^ letter) * 16777619u;
        return hash;
    }
}
