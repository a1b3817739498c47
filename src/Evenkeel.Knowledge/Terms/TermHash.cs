using System.Runtime.InteropServices;

namespace Evenkeel.Knowledge.Terms;

/// <summary>
/// A term is a 64-bit number made of a stem and its stemmer: an index needs no strings, and stems of different languages never mix. With a
/// million terms the chance that any two collide is one in 30 million. Stored: the function never changes.
/// </summary>
public static class TermHash
{
    /// <summary>Of terms that belong to no language: bigrams, and the numbers that every language writes alike.</summary>
    public const byte NoStemmer = 0;

    /// <summary>FNV-1a over the UTF-16 units, its bits then mixed (the finalizer of MurmurHash3); never 0, which means "no term".</summary>
    public static ulong OfStem(ReadOnlySpan<char> stem)
    {
        var hash = 14695981039346656037UL;
        foreach (var unit in MemoryMarshal.Cast<char, ushort>(stem))
        {
            hash = (hash ^ unit) * 1099511628211UL;
        }

        return Mix(hash);
    }

    /// <summary>The term of a stem's hash under a stemmer.</summary>
    public static ulong Of(byte stemmer, ulong stemHash) => Mix(stemHash ^ (stemmer * 0x9E3779B97F4A7C15UL));

    private static ulong Mix(ulong hash)
    {
        hash = (hash ^ (hash >> 33)) * 0xFF51AFD7ED558CCDUL;
        hash = (hash ^ (hash >> 33)) * 0xC4CEB9FE1A85EC53UL;
        hash ^= hash >> 33;
        return hash == 0 ? 1 : hash;
    }
}
