using System.Globalization;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace Evenkeel.Models.Embeddings;

/// <summary>Reads and checks what <c>/embeddings</c> answers.</summary>
/// <param name="texts">How many were asked for.</param>
/// <param name="model">Which model was.</param>
/// <param name="dimensions">How long each vector must be; 0 = as long as the others.</param>
internal sealed class EmbeddingAnswer(int texts, string model, int dimensions)
{
    /// <summary>Lengths below are no direction any more.</summary>
    private const float ShortestVector = 1e-6f;

    public float[][] Read(JsonElement root)
    {
        CheckModel(root);
        var vectors = new float[texts][];
        foreach (var item in root.GetProperty("data").EnumerateArray())
        {
            var index = item.GetProperty("index").GetInt32();
            if ((uint)index >= (uint)texts || vectors[index] is not null)
                throw new ModelException(ModelFailureKind.InvalidResponse);
            vectors[index] = Unit(Numbers(item.GetProperty("embedding")));
        }
        return vectors[0] is { } first && Array.TrueForAll(vectors, vector => vector?.Length == first.Length)
            ? vectors
            : throw new ModelException(ModelFailureKind.InvalidResponse);
    }

    /// <summary>Servers that hold one model answer with that, whatever is asked for. Tags and owners differ from server to server and do not count.</summary>
    private void CheckModel(JsonElement root)
    {
        var answered = root.TryGetProperty("model", out var name) && name.ValueKind == JsonValueKind.String ? name.GetString()! : "";
        var (asked, given) = (Bare(model), Bare(answered));
        if (given.Length > 0 && !given.Contains(asked, StringComparison.OrdinalIgnoreCase) && !asked.Contains(given, StringComparison.OrdinalIgnoreCase))
            throw Misfit("Another model answered than Models__Embeddings__Model names: vectors of two models cannot be compared. Set it to the model that the endpoint has.");
    }

    private static string Bare(string name)
    {
        var own = name[(name.LastIndexOf('/') + 1)..];
        return own.IndexOf(':', StringComparison.Ordinal) is var tag && tag > 0 ? own[..tag] : own;
    }

    private float[] Unit(float[] vector)
    {
        if (dimensions > 0 && vector.Length != dimensions)
        {
            throw Misfit(string.Create(CultureInfo.InvariantCulture,
                $"The model's vectors have {vector.Length} numbers, not {dimensions}: set Models__Embeddings__Dimensions to {vector.Length}, or Models__Embeddings__Model to the model meant."));
        }
        var length = TensorPrimitives.Norm(vector);
        // Not a number fails the comparison too.
        if (!(length > ShortestVector) || !float.IsFinite(length))
            throw Misfit("The model answered a vector of zeros or of no numbers: see whether Models__Embeddings__Model is an embedding model.");
        TensorPrimitives.Divide(vector, length, vector);
        return vector;
    }

    private static float[] Numbers(JsonElement embedding)
    {
        if (embedding.ValueKind == JsonValueKind.String)
            return MemoryMarshal.Cast<byte, float>(embedding.GetBytesFromBase64()).ToArray();
        var numbers = new float[embedding.GetArrayLength()];
        var place = 0;
        foreach (var number in embedding.EnumerateArray())
            numbers[place++] = number.GetSingle();
        return numbers;
    }

    private static ModelException Misfit(string text) => new(ModelFailureKind.InvalidResponse) { Misfit = text };
}
