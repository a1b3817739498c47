using System.Security.Cryptography;
using System.Text;

namespace Evenkeel.Knowledge.Fetching;

/// <summary>The name a page is stored under: stable, one for each address, and readable.</summary>
internal static class PageFileName
{
    private const int LongestReadable = 100;

    /// <param name="address">The page's address.</param>
    /// <param name="extension">With its dot, as <see cref="PageType.ExtensionOf"/> says it.</param>
    public static string Of(Uri address, string extension)
    {
        var path = Uri.UnescapeDataString(address.AbsolutePath).Trim('/');
        var named = Path.GetExtension(path);
        if (named.Length is > 1 and <= 9)
        {
            path = path[..^named.Length];
        }

        var readable = new StringBuilder(LongestReadable);
        foreach (var rune in path.EnumerateRunes())
        {
            if (readable.Length + rune.Utf16SequenceLength > LongestReadable)
            {
                break;
            }

            readable.Append(Rune.IsLetterOrDigit(rune) || rune.Value is '-' or '_' or '.' ? rune.ToString() : "-");
        }

        // Different addresses may read the same.
        var mark = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(WebAddress.KeyOf(address))).AsSpan(0, 5));
        return $"{(readable.Length > 0 ? readable.ToString() : "index")}-{mark}{extension}";
    }
}
