using System.Security.Cryptography;
using System.Text;
using NodaTime;
using NodaTime.Text;

namespace Evenkeel.Catalog.Import.Rows;

/// <summary>Keys of events that have none in the file.</summary>
internal static class EventKeys
{
    /// <summary>Longest key that a file may give.</summary>
    public const int MostCharacters = 300;

    /// <summary>An address and a day are one event, otherwise a title and a day. What does not change where an address leads is not compared.</summary>
    public static string Of(string? url, string title, LocalDate day)
    {
        var key = url is null ? $"name:{title.ToLowerInvariant()} {LocalDatePattern.Iso.Format(day)}" : $"url:{Address(url)} {LocalDatePattern.Iso.Format(day)}";
        return key.Length <= MostCharacters ? key : Shortened(key);
    }

    /// <summary>Without scheme, <c>www.</c>, fragment and last slash; the host in lower case.</summary>
    private static string Address(string url)
    {
        var address = new Uri(url);
        const string world = "www.";
        var host = address.IdnHost.ToLowerInvariant();
        host = host.StartsWith(world, StringComparison.Ordinal) ? host[world.Length..] : host;
        return $"{host}{(address.IsDefaultPort ? "" : $":{address.Port}")}{address.AbsolutePath.TrimEnd('/')}{address.Query}";
    }

    /// <summary>Also of calendars, whose ids may be of any length.</summary>
    public static string Shortened(string key)
    {
        const int kept = 200;
        return key.Length <= MostCharacters ? key : $"{TextRules.Cut(key, kept)}~{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key))[..16])}";
    }
}
