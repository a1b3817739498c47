using System.Collections.Frozen;

namespace Evenkeel.Knowledge.Fetching;

/// <summary>Which media types are documents that can be read, and the extension each is stored under.</summary>
internal static class PageType
{
    /// <summary>What we say we like to have; anything else is refused when it comes.</summary>
    public const string Accept = "text/html, application/xhtml+xml, application/pdf;q=0.9, text/*;q=0.8, */*;q=0.5";

    public const string Html = ".html";

    private static readonly FrozenDictionary<string, string> Extensions = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["text/html"] = Html,
        ["application/xhtml+xml"] = Html,
        ["application/pdf"] = ".pdf",
        ["application/vnd.openxmlformats-officedocument.wordprocessingml.document"] = ".docx",
        ["application/vnd.openxmlformats-officedocument.presentationml.presentation"] = ".pptx",
        ["application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"] = ".xlsx",
        ["text/markdown"] = ".md",
        ["text/x-markdown"] = ".md",
        ["text/csv"] = ".csv",
        ["text/plain"] = ".txt",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    // Servers that do not know a type say one of these.
    private static readonly FrozenSet<string> SayNothing =
        new[] { "application/octet-stream", "binary/octet-stream", "application/zip", "application/x-download", "application/force-download" }.ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenSet<string> Documents = new[] { ".pdf", ".docx", ".pptx", ".xlsx", ".md", ".markdown", ".csv", ".txt" }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    // Links to these are not worth a request: pictures, sound, programs, archives, feeds.
    private static readonly FrozenSet<string> Others = new[]
    {
        ".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg", ".ico", ".avif", ".bmp", ".tif", ".tiff", ".mp3", ".wav", ".ogg", ".flac", ".mp4", ".webm", ".mov", ".avi", ".mkv",
        ".css", ".js", ".mjs", ".map", ".json", ".xml", ".rss", ".atom", ".woff", ".woff2", ".ttf", ".eot", ".zip", ".gz", ".tgz", ".bz2", ".xz", ".7z", ".rar", ".tar",
        ".exe", ".msi", ".dmg", ".pkg", ".deb", ".rpm", ".apk", ".iso", ".bin", ".jar", ".whl", ".wasm", ".ics",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>The extension of what came; null where it is nothing that can be read.</summary>
    public static string? ExtensionOf(string? mediaType, Uri address)
    {
        var named = Path.GetExtension(address.AbsolutePath);
        if (mediaType is not null && !SayNothing.Contains(mediaType))
        {
            // Markdown and tables are often served as plain text.
            return Extensions.TryGetValue(mediaType, out var extension)
                ? extension == ".txt" && IsDocument(address) ? named.ToLowerInvariant() : extension
                : null;
        }

        return IsDocument(address) ? named.ToLowerInvariant() : mediaType is null ? Html : null;
    }

    /// <summary>Whether an address looks like a document that is no page.</summary>
    public static bool IsDocument(Uri address) => Documents.Contains(Path.GetExtension(address.AbsolutePath));

    /// <summary>Whether an address looks like something that cannot be read.</summary>
    public static bool IsOther(Uri address) => Others.Contains(Path.GetExtension(address.AbsolutePath));
}
