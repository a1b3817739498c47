using System.Text;
using UtfUnknown;

namespace Evenkeel.Knowledge.Reading.Texts;

/// <summary>
/// Bytes to text: a byte order mark decides, then what the file declares, then UTF-8 if it is valid, then what the bytes look like.
/// </summary>
internal static class TextCodec
{
    private const int SampleBytes = 256 * 1024;
    private const float LeastConfidence = 0.5f;

    /// <summary>One odd character in so many is damage; more is another encoding, or no text.</summary>
    private const int MostStrange = 500;

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    static TextCodec() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    /// <summary>Can the beginning of a file be text at all?</summary>
    public static bool IsText(ReadOnlySpan<byte> head) => ByMark(head) is not null || Wide(head) is not null || CountControls(head) * MostStrange <= head.Length;

    /// <summary>The text of a whole file, with <c>\n</c> at line ends.</summary>
    /// <param name="bytes">All of it.</param>
    /// <param name="declared">The name of the encoding that the file or its sender declares.</param>
    /// <exception cref="ReadFailedException"><c>not_text</c></exception>
    public static string Decode(byte[] bytes, string? declared = null)
    {
        var text = ByMark(bytes) is { } marked ? Read(bytes, marked.Encoding, marked.Skip)
            : Strictly(bytes, Named(declared)) ?? Strictly(bytes, Wide(bytes)) ?? Strictly(bytes, Utf8) ?? ByLooks(bytes);
        return text is not null && !IsStrange(text) ? text.ReplaceLineEndings("\n") : throw new ReadFailedException(KnowledgeReasons.NotText);
    }

    private static (Encoding Encoding, int Skip)? ByMark(ReadOnlySpan<byte> bytes) => bytes switch
    {
        [0xEF, 0xBB, 0xBF, ..] => (Encoding.UTF8, 3),
        [0xFF, 0xFE, 0x00, 0x00, ..] => (Encoding.UTF32, 4),
        [0x00, 0x00, 0xFE, 0xFF, ..] => (new UTF32Encoding(bigEndian: true, byteOrderMark: false), 4),
        [0xFF, 0xFE, ..] => (Encoding.Unicode, 2),
        [0xFE, 0xFF, ..] => (Encoding.BigEndianUnicode, 2),
        _ => null,
    };

    /// <summary>UTF-16 without a mark shows by its zeros: every other byte of Latin letters, spaces and line ends.</summary>
    private static UnicodeEncoding? Wide(ReadOnlySpan<byte> bytes)
    {
        var sample = bytes[..Math.Min(bytes.Length, 4096)];
        int even = 0, odd = 0;
        for (var index = 0; index < sample.Length; index++)
        {
            if (sample[index] == 0)
            {
                _ = (index & 1) == 0 ? even++ : odd++;
            }
        }

        const int share = 8;
        return even + odd == 0 || (even > 0 && odd > 0) || (even + odd) * share < sample.Length
            ? null
            : new UnicodeEncoding(bigEndian: even > 0, byteOrderMark: false, throwOnInvalidBytes: true);
    }

    private static Encoding? Named(string? name)
    {
        try
        {
            return string.IsNullOrWhiteSpace(name) ? null
                : Encoding.GetEncoding(name.Trim().Trim('"', '\''), EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    private static string? Strictly(byte[] bytes, Encoding? encoding)
    {
        try
        {
            return encoding?.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    private static string? ByLooks(byte[] bytes)
    {
        var detected = CharsetDetector.DetectFromBytes(bytes, 0, Math.Min(bytes.Length, SampleBytes)).Detected;
        var encoding = detected is { Encoding: not null } && detected.Confidence >= LeastConfidence ? detected.Encoding : Encoding.GetEncoding(1252);
        return Read(bytes, encoding, 0);
    }

    private static string Read(byte[] bytes, Encoding encoding, int skip) => encoding.GetString(bytes, skip, bytes.Length - skip);

    private static int CountControls(ReadOnlySpan<byte> bytes)
    {
        var count = 0;
        foreach (var value in bytes)
        {
            count += value is < 0x20 and not ((byte)'\t' or (byte)'\n' or (byte)'\r' or (byte)'\f' or 0x1B) ? 1 : 0;
        }

        return count;
    }

    private static bool IsStrange(string text)
    {
        var strange = 0;
        foreach (var character in text)
        {
            strange += character == '\uFFFD' || (char.IsControl(character) && character is not ('\t' or '\n' or '\r' or '\f' or '\u001B')) ? 1 : 0;
        }

        return (long)strange * MostStrange > text.Length;
    }
}
