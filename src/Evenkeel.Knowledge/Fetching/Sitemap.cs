using System.Globalization;
using System.Text;
using System.Xml;

namespace Evenkeel.Knowledge.Fetching;

/// <summary>A page that a sitemap lists.</summary>
/// <param name="Address">Its address.</param>
/// <param name="ChangedAt">When it changed last, where the sitemap says so.</param>
internal sealed record SitemapPage(Uri Address, DateTimeOffset? ChangedAt);

/// <summary>What is in one file: pages, or further sitemaps where it is an index.</summary>
internal sealed record Sitemap(IReadOnlyList<SitemapPage> Pages, IReadOnlyList<Uri> Sitemaps)
{
    /// <summary>Entries of one file, as the protocol limits them.</summary>
    public const int MostEntries = 50_000;

    // Nothing is loaded from elsewhere and no entity is expanded: a sitemap has no use for a DTD.
    private static readonly XmlReaderSettings Hardened = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        MaxCharactersInDocument = SitemapFile.MostBytes,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
        IgnoreWhitespace = true,
    };

    /// <summary>Reads a file: XML or a list of addresses, packed by gzip or not. Null where it is neither. Throws <see cref="FetchFailedException"/>.</summary>
    public static Sitemap? Read(string path)
    {
        try
        {
            using var content = SitemapFile.Open(path);
            return SitemapFile.BeginsAsXml(path) ? ReadXml(content) : ReadText(content);
        }
        catch (Exception exception) when (exception is XmlException or InvalidDataException)
        {
            throw new FetchFailedException(KnowledgeReasons.Corrupt, inner: exception);
        }
    }

    private static Sitemap? ReadXml(Stream content)
    {
        using var reader = XmlReader.Create(content, Hardened);
        reader.MoveToContent();
        var isIndex = reader.LocalName == "sitemapindex";
        if (!isIndex && reader.LocalName != "urlset")
        {
            return null;
        }

        var entries = new List<SitemapPage>();
        while (entries.Count < MostEntries && reader.Read())
        {
            if (reader is { NodeType: XmlNodeType.Element, Depth: 1 } && Entry(reader) is { } entry)
            {
                entries.Add(entry);
            }
        }

        return isIndex ? new Sitemap([], [.. entries.Select(entry => entry.Address)]) : new Sitemap(entries, []);
    }

    private static SitemapPage? Entry(XmlReader reader)
    {
        var (place, changed) = (default(string), default(string));
        var space = reader.NamespaceURI;
        using var entry = reader.ReadSubtree();
        entry.Read();
        entry.Read();
        while (!entry.EOF)
        {
            // Elements of other namespaces are places of pictures and the like.
            switch (entry is { NodeType: XmlNodeType.Element, Depth: 1 } && entry.NamespaceURI == space ? entry.LocalName : null)
            {
                case "loc":
                    place = entry.ReadElementContentAsString();
                    break;
                case "lastmod":
                    changed = entry.ReadElementContentAsString();
                    break;
                default:
                    entry.Skip();
                    break;
            }
        }

        return place is null || AddressOf(place) is not { } address ? null : new SitemapPage(address, MomentOf(changed));
    }

    private static Sitemap? ReadText(Stream content)
    {
        using var reader = new StreamReader(content, Encoding.UTF8);
        var pages = new List<SitemapPage>();
        foreach (var line in SitemapFile.Lines(reader))
        {
            if (AddressOf(line) is { } address)
            {
                pages.Add(new SitemapPage(address, null));
            }

            if (pages.Count == MostEntries)
            {
                break;
            }
        }

        return pages.Count > 0 ? new Sitemap(pages, []) : null;
    }

    private static Uri? AddressOf(string text) =>
        Uri.TryCreate(text.Trim(), UriKind.Absolute, out var address) && address is { Scheme: "http" or "https", UserInfo.Length: 0 } && address.AbsoluteUri.Length <= WebAddress.Longest
            ? address
            : null;

    // A W3C date: a year, a month, a day or a moment.
    private static DateTimeOffset? MomentOf(string? text) =>
        DateTimeOffset.TryParse(text?.Trim(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment) ? moment : null;
}
