using System.ComponentModel.DataAnnotations;

namespace Evenkeel.Search;

/// <summary>Settings under <c>Search</c>.</summary>
public sealed class SearchOptions
{
    /// <summary>
    /// Most megabytes of passage indexes kept in memory, all chatbots together; the least recently asked are dropped and read again
    /// when needed. A passage of 150 words takes about 1.3 KB, so 64 hold some 50,000. One index over the bound is still kept while it is in use.
    /// </summary>
    [Range(1, 65_536)]
    public int IndexMegabytes { get; init; } = 64;

    /// <summary>
    /// 0 to 1: the least share of what a question's words tell that a passage must have to answer it, where a chatbot's settings do not say
    /// otherwise. Words are weighed by how rare they are. Low, because people ask in other words than documents answer: it is to stop
    /// answers to questions that have nothing to do with the documents.
    /// </summary>
    [Range(0, 1)]
    public double LeastScore { get; init; } = 0.28;

    /// <summary>
    /// -1 to 1: the cosine similarity from which a passage may answer although it has few of the question's words, and an event be found that has none. What similarity means
    /// differs between embedding models; the default suits those whose unrelated texts are near 0 (most of 2024 and later).
    /// </summary>
    [Range(-1, 1)]
    public double LeastSimilarity { get; init; } = 0.45;

    internal long IndexBytes => IndexMegabytes * 1024L * 1024L;
}
