using System.Text;
using System.Text.Unicode;
using UtfUnknown;

namespace Evenkeel.Catalog.Import;

/// <summary>Bytes of a file to UTF-8 without a mark: a byte order mark decides, then UTF-8 if it is valid, then what the bytes look like.</summary>
internal static class FileText
{
    private const int SampleBytes = 256 * 1024;
    private const float LeastConfidence = 0.5f;

    static FileText() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    /// <summary>The text; null where it is none.</summary>
    public static ReadOnlyMemory<byte>? ToUtf8(byte[] file)
    {
        ReadOnlyMemory<byte> bytes = file;
        var text = file switch
        {
            [0xEF, 0xBB, 0xBF, ..] => bytes[3..],
            [0xFF, 0xFE, ..] => Transcode(file.AsSpan(2), Encoding.Unicode),
            [0xFE, 0xFF, ..] => Transcode(file.AsSpan(2), Encoding.BigEndianUnicode),
            _ when Utf8.IsValid(file) => bytes,
            _ => Transcode(file, ByLooks(file)),
        };
        // Text has none; archives and spreadsheets have many.
        // The type is said because null alone would be an empty text, not none.
        return !Utf8.IsValid(text.Span) || text.Span.Contains((byte)0) ? (ReadOnlyMemory<byte>?)null : text;
    }

    private static byte[] Transcode(ReadOnlySpan<byte> bytes, Encoding encoding) => Encoding.UTF8.GetBytes(encoding.GetString(bytes));

    private static Encoding ByLooks(byte[] file)
    {
        var detected = CharsetDetector.DetectFromBytes(file, 0, Math.Min(file.Length, SampleBytes)).Detected;
        return detected is { Encoding: not null } && detected.Confidence >= LeastConfidence ? detected.Encoding : Encoding.GetEncoding(1252);
    }
}
