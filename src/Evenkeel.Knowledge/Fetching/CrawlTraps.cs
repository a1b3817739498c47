namespace Evenkeel.Knowledge.Fetching;

/// <summary>Addresses that only programs make, without an end: relative links that grow at every step, sessions, combinations of filters.</summary>
internal static class CrawlTraps
{
    /// <summary>Links from the start; a chain of "next" pages ends here.</summary>
    public const int MostDepth = 20;

    private const int LongestAddress = 1_000;
    private const int MostSegments = 20;
    private const int MostParameters = 8;

    // A segment that stands in a path more often than this comes from a link that was meant relative to another folder.
    private const int MostRepeats = 2;

    public static bool Catch(Uri address)
    {
        if (address.AbsoluteUri.Length > LongestAddress)
        {
            return true;
        }

        var segments = address.AbsolutePath.Split('/', StringSplitOptions.RemoveEmptyEntries);
        return segments.Length > MostSegments
            || address.Query.Count(character => character == '=') > MostParameters
            || segments.GroupBy(segment => segment, StringComparer.OrdinalIgnoreCase).Any(same => same.Count() > MostRepeats);
    }
}
