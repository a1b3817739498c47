using System.Text;

namespace Evenkeel.Knowledge.Fetching;

/// <summary>Encodings by the names that servers and pages give them, those from before Unicode included.</summary>
internal static class PageEncoding
{
    /// <summary>The encoding of a name; null where there is none of it.</summary>
    public static Encoding? Of(string? name)
    {
        if (string.IsNullOrWhiteSpace(name))
        {
            return null;
        }

        // Pages say gb2312 and mean the larger set, as browsers take it; the others are names of UTF-8 that .NET does not know.
        var known = name.Trim().ToLowerInvariant() switch
        {
            "gb2312" or "gbk" or "x-gbk" => "gb18030",
            "utf8" or "unicode-1-1-utf-8" => "utf-8",
            "iso-8859-1" or "latin1" or "us-ascii" or "ascii" => "windows-1252",
            var other => other,
        };
        try
        {
            return CodePagesEncodingProvider.Instance.GetEncoding(known) ?? Encoding.GetEncoding(known);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }
}
