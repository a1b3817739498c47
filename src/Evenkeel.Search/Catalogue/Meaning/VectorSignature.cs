namespace Evenkeel.Search.Catalogue.Meaning;

/// <summary>
/// The signs of a vector's numbers. The share of signs in which two vectors differ is about their angle in half-turns, and PostgreSQL counts them without
/// any extension (random hyperplanes: Charikar, Similarity estimation techniques from rounding algorithms, 2002).
/// </summary>
internal static class VectorSignature
{
    /// <summary>As PostgreSQL writes bits: 1 = above 0.</summary>
    public static string Of(ReadOnlySpan<float> vector)
    {
        Span<char> bits = new char[vector.Length];
        for (var place = 0; place < vector.Length; place++)
        {
            bits[place] = vector[place] > 0 ? '1' : '0';
        }

        return bits.ToString();
    }

    /// <summary>The share of signs in which vectors of this cosine differ, 0 to 1.</summary>
    public static double MostDiffering(double cosine) => Math.Acos(cosine) / Math.PI;
}
