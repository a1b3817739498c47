using System.Collections.Frozen;
using NodaTime;
using NodaTime.TimeZones;

namespace Evenkeel.Catalog.Import;

/// <summary>Time zones by the names that files give them.</summary>
internal static class TimeZoneNames
{
    private static readonly FrozenDictionary<string, string> Known = DateTimeZoneProviders.Tzdb.Ids.ToFrozenDictionary(id => id, StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenDictionary<string, string> OfWindows =
        TzdbDateTimeZoneSource.Default.WindowsMapping.PrimaryMapping.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>The IANA name of a zone that is named so by IANA, by Windows, or by a path that ends in an IANA name; null of others.</summary>
    public static string? Find(string name)
    {
        var trimmed = name.Trim().Trim('"');
        if (Known.TryGetValue(trimmed, out var known) || OfWindows.TryGetValue(trimmed, out known))
        {
            return known;
        }

        // "/freeassociation.sourceforge.net/Europe/Berlin" and the like: the last two or three parts.
        var parts = trimmed.Split('/', StringSplitOptions.RemoveEmptyEntries);
        return parts.Length > 2 && (Known.TryGetValue(string.Join('/', parts[^2..]), out known) || Known.TryGetValue(string.Join('/', parts[^3..]), out known)) ? known : null;
    }

    /// <param name="id">What <see cref="Find"/> gave.</param>
    public static DateTimeZone Zone(string id) => DateTimeZoneProviders.Tzdb[id];
}
