namespace Evenkeel.Knowledge.Fetching;

/// <summary>An address could not be fetched.</summary>
/// <param name="reasonCode">One of <see cref="KnowledgeReasons"/>.</param>
/// <param name="isTransient">Whether the same request may succeed later: the site is away, busy or broken.</param>
/// <param name="retryAfter">When the site wants to be asked again, where it said so.</param>
/// <param name="inner">What it was seen by.</param>
internal sealed class FetchFailedException(string reasonCode, bool isTransient = false, TimeSpan? retryAfter = null, Exception? inner = null)
    : Exception($"Not fetched: {reasonCode}", inner)
{
    public string ReasonCode { get; } = reasonCode;

    public bool IsTransient { get; } = isTransient;

    public TimeSpan? RetryAfter { get; } = retryAfter;
}
