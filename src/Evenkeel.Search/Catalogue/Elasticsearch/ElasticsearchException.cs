namespace Evenkeel.Search.Catalogue.Elasticsearch;

/// <summary>Elasticsearch did not do what it was asked for.</summary>
/// <param name="status">What it answered; 0 when it did not.</param>
/// <param name="inner">Why it did not.</param>
internal sealed class ElasticsearchException(int status, Exception? inner = null) : Exception($"Elasticsearch answered {status}.", inner)
{
    public int Status { get; } = status;

    /// <summary>It was not asked, because it has failed a moment ago.</summary>
    public bool IsRefusedByBreaker { get; init; }
}
