using System.Text;

namespace Evenkeel.Knowledge.Reading;

/// <summary>What the first bytes of a file say.</summary>
internal enum Magic
{
    None,
    Pdf,
    Zip,

    /// <summary>The container of old binary Office files, and of encrypted new ones.</summary>
    Compound,
    Html,

    /// <summary>Something well known that is none of ours.</summary>
    Foreign,
}

/// <summary>Knows files by their first bytes.</summary>
internal static class MagicBytes
{
    /// <summary>Readers of PDF accept up to so many bytes before the header.</summary>
    private const int PdfHeaderWithin = 1024;

    private static readonly byte[][] Foreign =
    [
        [0x4D, 0x5A, 0x90, 0x00], [0x7F, (byte)'E', (byte)'L', (byte)'F'], [0x89, (byte)'P', (byte)'N', (byte)'G'], [0xFF, 0xD8, 0xFF], "GIF8"u8.ToArray(),
        [0x1F, 0x8B, 0x08], [(byte)'7', (byte)'z', 0xBC, 0xAF], "Rar!"u8.ToArray(), "{\\rtf"u8.ToArray(), "%!PS"u8.ToArray(), "ID3"u8.ToArray(),
        [0xCA, 0xFE, 0xBA, 0xBE], [0xCF, 0xFA, 0xED, 0xFE], "OggS"u8.ToArray(), "RIFF"u8.ToArray(), "SQLite format 3"u8.ToArray(), "BZh9"u8.ToArray(),
        [0xFD, (byte)'7', (byte)'z', (byte)'X', (byte)'Z'],
    ];

    private static readonly string[] HtmlBeginnings = ["<!doctype html", "<html", "<head", "<body"];

    public static Magic Of(ReadOnlySpan<byte> head)
    {
        if (head[..Math.Min(head.Length, PdfHeaderWithin)].IndexOf("%PDF-"u8) >= 0)
        {
            return Magic.Pdf;
        }

        if (head.StartsWith("PK\u0003\u0004"u8) || head.StartsWith("PK\u0005\u0006"u8))
        {
            return Magic.Zip;
        }

        if (head.StartsWith(CompoundFile.Signature))
        {
            return Magic.Compound;
        }

        foreach (var magic in Foreign)
        {
            if (head.StartsWith(magic))
            {
                return Magic.Foreign;
            }
        }

        return IsHtml(head) ? Magic.Html : Magic.None;
    }

    /// <summary>Begins as a page does, after a byte order mark, an XML declaration and comments.</summary>
    private static bool IsHtml(ReadOnlySpan<byte> head)
    {
        // In UTF-16 every other byte is zero; without them it reads the same for this purpose.
        var text = Encoding.Latin1.GetString(head[..Math.Min(head.Length, 8192)]).Replace("\0", "", StringComparison.Ordinal)
            .TrimStart('\u00EF', '\u00BB', '\u00BF', '\u00FF', '\u00FE').AsSpan();
        while (true)
        {
            text = text.TrimStart(" \t\r\n\f");
            var end = text.StartsWith("<?xml") ? text.IndexOf("?>") : text.StartsWith("<!--") ? text.IndexOf("-->") : -1;
            if (end < 0)
            {
                break;
            }

            text = text[(end + 2)..].TrimStart('>');
        }

        foreach (var beginning in HtmlBeginnings)
        {
            if (text.StartsWith(beginning, StringComparison.OrdinalIgnoreCase) && (text.Length == beginning.Length || !char.IsLetterOrDigit(text[beginning.Length])))
            {
                return true;
            }
        }

        return false;
    }
}
