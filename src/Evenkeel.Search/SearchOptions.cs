using System.ComponentModel.DataAnnotations;

namespace Evenkeel.Search;

/// <summary>Settings under <c>Search</c>.</summary>
public sealed class SearchOptions
{
    /// <summary>
    /// Most megabytes of passage indexes kept in memory, all chatbots together; the least recently asked are dropped and built again
    /// when needed. A passage takes about 4 KB, so 64 hold some 16,000. One index over the bound is still kept while it is in use.
    /// </summary>
    [Range(1, 65_536)]
    public int IndexMegabytes { get; init; } = 64;

    internal long IndexBytes => IndexMegabytes * 1024L * 1024L;
}
