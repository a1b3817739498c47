namespace Evenkeel.Knowledge.Fetching;

/// <summary>
/// What "one site" means: the same host, with or without <c>www.</c>, over http or https on their own ports or else the same port; and, of a
/// crawl, below the folder of the address it starts from, which is that address up to its last slash (<c>/docs/intro</c> and <c>/docs/</c> mean
/// <c>/docs/</c>, <c>/docs</c> means everything). Documents that its pages link to may lie anywhere on the host.
/// </summary>
internal sealed class SiteScope
{
    private readonly Uri _start;
    private readonly string _host;
    private readonly string _folder;

    /// <param name="start">Where the site starts, after redirects.</param>
    /// <param name="isWholeHost">Whether everything on the host belongs to it, as with a sitemap.</param>
    public SiteScope(Uri start, bool isWholeHost)
    {
        _start = start;
        _host = WebAddress.BareHost(start);
        var path = WebAddress.NormalizeEscapes(start.AbsolutePath);
        _folder = isWholeHost ? "/" : path[..(path.LastIndexOf('/') + 1)];
    }

    /// <summary>Whether a page belongs to the site.</summary>
    public bool HasPage(Uri address) => IsSameHost(address) && WebAddress.NormalizeEscapes(address.AbsolutePath).StartsWith(_folder, StringComparison.Ordinal);

    /// <summary>Whether an address, which may be a document's, belongs to the site.</summary>
    public bool Has(Uri address) => HasPage(address) || (PageType.IsDocument(address) && IsSameHost(address));

    /// <summary>The address as it is asked for: links to http on a site of https would only lead back by a redirect.</summary>
    public Uri Normalize(Uri address)
    {
        var plain = WebAddress.WithoutTracking(address);
        return plain.Scheme == Uri.UriSchemeHttp && _start.Scheme == Uri.UriSchemeHttps && plain.IsDefaultPort && _start.IsDefaultPort
            ? new UriBuilder(plain) { Scheme = Uri.UriSchemeHttps, Port = -1 }.Uri
            : plain;
    }

    private bool IsSameHost(Uri address) =>
        WebAddress.BareHost(address) == _host && (address.Port == _start.Port || (address.IsDefaultPort && _start.IsDefaultPort));
}
