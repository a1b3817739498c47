using System.Buffers;
using System.Buffers.Binary;

namespace Evenkeel.Knowledge.Terms;

/// <summary>
/// The packed words of a passage, as an index reads them without making strings:
/// <c>format, language, count of distinct terms, the terms (8 bytes each, little-endian)</c>, then for text, headings and title each
/// <c>length, one number per word: 0 = a stop word, n = the n-th distinct term</c>. Numbers are variable-length, low bits first.
/// </summary>
public static class PassageAnalysis
{
    /// <summary>Raised when words are made or packed differently: passages of an older format are analysed anew.</summary>
    public const byte Format = 2;

    /// <summary>Packs the words of a passage.</summary>
    internal static byte[] Pack(byte language, IReadOnlyList<TextTerm> text, IReadOnlyList<TextTerm> headings, IReadOnlyList<TextTerm> title)
    {
        var stemmer = Languages.Stemmer(language);
        var distinct = new Dictionary<ulong, int>(text.Count);
        var sequences = new ArrayBufferWriter<byte>(text.Count + headings.Count + title.Count + 16);
        Append(sequences, text, stemmer, distinct);
        Append(sequences, headings, stemmer, distinct);
        Append(sequences, title, stemmer, distinct);

        var packed = new ArrayBufferWriter<byte>(2 + 5 + (8 * distinct.Count) + sequences.WrittenCount);
        packed.Write([Format, language]);
        AppendNumber(packed, distinct.Count);
        var terms = packed.GetSpan(8 * distinct.Count);
        foreach (var (term, number) in distinct)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(terms[(8 * (number - 1))..], term);
        }

        packed.Advance(8 * distinct.Count);
        packed.Write(sequences.WrittenSpan);
        return packed.WrittenSpan.ToArray();
    }

    /// <summary>Reads a number and moves past it. Throws when there is none.</summary>
    public static int ReadNumber(ref ReadOnlySpan<byte> data)
    {
        int value = data[0];
        if (value < 0x80)
        {
            data = data[1..];
            return value;
        }

        value &= 0x7F;
        var index = 1;
        for (var shift = 7; ; shift += 7)
        {
            int next = data[index++];
            value |= (next & 0x7F) << shift;
            if (next < 0x80)
            {
                data = data[index..];
                return value;
            }
        }
    }

    private static void Append(ArrayBufferWriter<byte> target, IReadOnlyList<TextTerm> words, byte stemmer, Dictionary<ulong, int> distinct)
    {
        AppendNumber(target, words.Count);
        foreach (var word in words)
        {
            var term = word.Under(stemmer);
            var number = 0;
            if (term != 0 && !distinct.TryGetValue(term, out number))
            {
                number = distinct.Count + 1;
                distinct.Add(term, number);
            }

            AppendNumber(target, number);
        }
    }

    private static void AppendNumber(ArrayBufferWriter<byte> target, int number)
    {
        var span = target.GetSpan(5);
        var length = 0;
        for (var rest = (uint)number; ; rest >>= 7)
        {
            span[length++] = (byte)(rest < 0x80 ? rest : (rest & 0x7F) | 0x80);
            if (rest < 0x80)
            {
                target.Advance(length);
                return;
            }
        }
    }
}
