using System.IO.Compression;
using System.Text;
using Evenkeel.Knowledge.Reading;

namespace Evenkeel.Knowledge.Fetching;

/// <summary>The bytes of a sitemap, unpacked within a limit.</summary>
internal static class SitemapFile
{
    /// <summary>Bytes of one file, unpacked, as the protocol limits them.</summary>
    public const long MostBytes = 50 * 1024 * 1024;

    /// <summary>The file's content; reading throws <see cref="FetchFailedException"/> beyond the limit.</summary>
    public static Stream Open(string path)
    {
        var file = File.OpenRead(path);
        var isPacked = file.ReadByte() == 0x1F && file.ReadByte() == 0x8B;
        file.Position = 0;
        return new CountedStream(isPacked ? new GZipStream(file, CompressionMode.Decompress) : file, CheckSize);
    }

    private static void CheckSize(long bytes)
    {
        if (bytes > MostBytes)
        {
            throw new FetchFailedException(KnowledgeReasons.TooLarge);
        }
    }

    /// <summary>Whether it is XML by its first character.</summary>
    public static bool BeginsAsXml(string path)
    {
        using var content = Open(path);
        int next;
        do
        {
            next = content.ReadByte();
        }
        while (next is ' ' or '\t' or '\r' or '\n' or 0xEF or 0xBB or 0xBF);
        return next == '<';
    }

    /// <summary>Lines, of which those longer than an address may be are cut.</summary>
    public static IEnumerable<string> Lines(TextReader reader)
    {
        var line = new StringBuilder();
        for (var next = reader.Read(); ; next = reader.Read())
        {
            if (next is '\n' or -1)
            {
                yield return line.ToString();
                line.Clear();
            }
            else if (line.Length <= WebAddress.Longest)
            {
                line.Append((char)next);
            }

            if (next == -1)
            {
                yield break;
            }
        }
    }
}
