using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace Evenkeel.Knowledge.Embedding;

/// <summary>
/// Vectors as stored: 16-bit floating-point numbers, little-endian. Half the bytes of a float; what that rounds away is a thousandth of what tells one
/// passage from the next.
/// </summary>
public static class PackedVector
{
    private const int BytesPerNumber = 2;

    public static byte[] Pack(ReadOnlySpan<float> vector)
    {
        var packed = new byte[vector.Length * BytesPerNumber];
        TensorPrimitives.ConvertToHalf(vector, MemoryMarshal.Cast<byte, Half>(packed.AsSpan()));
        return packed;
    }

    /// <summary>Unpacks into <paramref name="vector"/>.</summary>
    /// <returns>False, and nothing written, where the stored one has another length.</returns>
    public static bool TryUnpack(ReadOnlySpan<byte> packed, Span<float> vector)
    {
        if (packed.Length != vector.Length * BytesPerNumber)
            return false;
        TensorPrimitives.ConvertToSingle(MemoryMarshal.Cast<byte, Half>(packed), vector);
        return true;
    }
}
