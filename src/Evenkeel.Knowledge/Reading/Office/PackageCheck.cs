using System.Buffers.Binary;
using System.IO.Compression;
using System.Xml;

namespace Evenkeel.Knowledge.Reading.Office;

/// <summary>
/// Goes once through a package before anything is made of it: counts its entries, unpacks the parts that will be read to see what they really
/// take, and refuses XML that is malformed, declares entities or nests without end. What a package says about its own sizes is not believed.
/// </summary>
internal static class PackageCheck
{
    private const int MostEntries = 10_000;

    /// <summary>XML of documents nests some dozen levels; what goes through it recurses.</summary>
    private const int MostNesting = 256;

    /// <summary>XML that repeats itself shrinks to a fiftieth; zeros to some hundredth or thousandth. Only what is large at all is judged.</summary>
    private const int MostRatio = 150;
    private const long SmallBytes = 16 * 1024 * 1024;

    private const int EndRecordBytes = 22;
    private const int MostCommentBytes = ushort.MaxValue;

    private static readonly string[] Read = [".xml", ".rels"];

    /// <summary>Names of the parts that are there.</summary>
    /// <exception cref="ReadFailedException"><c>expands</c> or <c>encrypted</c></exception>
    public static HashSet<string> Run(Stream file, ReadingLimits limits, CancellationToken cancellationToken)
    {
        CheckEndRecord(file);
        using var archive = new ZipArchive(file, ZipArchiveMode.Read, leaveOpen: true);
        if (archive.Entries.Count > MostEntries)
        {
            throw new ReadFailedException(KnowledgeReasons.Expands);
        }

        var left = limits.ExpandedBytes;
        foreach (var entry in archive.Entries)
        {
            cancellationToken.ThrowIfCancellationRequested();
            left -= Check(entry, left);
        }

        return archive.Entries.Select(entry => entry.FullName.Replace('\\', '/')).ToHashSet(StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>How many entries there are, before the list of them is read into memory.</summary>
    private static void CheckEndRecord(Stream file)
    {
        var tail = new byte[Math.Min(file.Length, EndRecordBytes + MostCommentBytes)];
        file.Position = file.Length - tail.Length;
        file.ReadExactly(tail);
        file.Position = 0;
        var at = tail.AsSpan().LastIndexOf("PK\u0005\u0006"u8);
        // 0xFFFF also stands for "more, see elsewhere" (ZIP64), which no document needs.
        if (at >= 0 && at + EndRecordBytes <= tail.Length && BinaryPrimitives.ReadUInt16LittleEndian(tail.AsSpan(at + 10)) > MostEntries)
        {
            throw new ReadFailedException(KnowledgeReasons.Expands);
        }
    }

    /// <summary>The bytes it unpacks to, as far as it will be unpacked.</summary>
    private static long Check(ZipArchiveEntry entry, long left)
    {
        if (entry.IsEncrypted)
        {
            throw new ReadFailedException(KnowledgeReasons.Encrypted);
        }

        CheckSize(entry.Length, long.MaxValue, entry);
        if (!Read.Contains(Path.GetExtension(entry.FullName), StringComparer.OrdinalIgnoreCase))
        {
            // Pictures and the like are never unpacked.
            return 0;
        }

        CheckSize(entry.Length, left, entry);
        // What an entry says of its length need not be true.
        using var counted = new CountedStream(entry.Open(), count => CheckSize(count, left, entry));
        CheckXml(counted);
        return counted.Count;
    }

    private static void CheckSize(long expanded, long left, ZipArchiveEntry entry)
    {
        if (expanded > left || (expanded > SmallBytes && expanded / MostRatio > entry.CompressedLength))
        {
            throw new ReadFailedException(KnowledgeReasons.Expands);
        }
    }

    private static void CheckXml(CountedStream part)
    {
        using var reader = XmlReader.Create(part, PackageXml.Settings);
        while (reader.Read())
        {
            if (reader.Depth > MostNesting)
            {
                throw new ReadFailedException(KnowledgeReasons.Corrupt);
            }
        }
    }
}

/// <summary>How XML of a package is read.</summary>
internal static class PackageXml
{
    /// <summary>No document type, so no entities; nothing is fetched.</summary>
    public static XmlReaderSettings Settings { get; } = new() { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, IgnoreComments = true, IgnoreProcessingInstructions = true };
}
