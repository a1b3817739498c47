namespace Evenkeel.Models.Endpoints;

/// <summary>
/// Lets retries of one endpoint be a tenth of its calls, and one in ten seconds besides, so that an endpoint that is hardly used is tried again too.
/// What is not used is kept up to a small reserve: enough for a hiccup, not for a storm after an outage.
/// </summary>
internal sealed class RetryBudget(TimeProvider clock)
{
    private const double PerCall = 0.1;
    private const double PerSecond = 0.1;
    private const double Reserve = 10;

    private readonly Lock _lock = new();
    private double _retries = Reserve;
    private long _filledAt = clock.GetTimestamp();

    /// <summary>An answer calls the endpoint for the first time.</summary>
    public void CountCall()
    {
        lock (_lock)
            _retries = Math.Min(Reserve, _retries + PerCall);
    }

    /// <summary>Takes one retry; false when there is none left.</summary>
    public bool TryTake()
    {
        lock (_lock)
        {
            _retries = Math.Min(Reserve, _retries + (clock.GetElapsedTime(_filledAt).TotalSeconds * PerSecond));
            _filledAt = clock.GetTimestamp();
            if (_retries < 1)
                return false;
            _retries--;
            return true;
        }
    }
}
