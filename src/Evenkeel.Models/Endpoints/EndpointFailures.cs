namespace Evenkeel.Models.Endpoints;

/// <summary>What calls of one endpoint have met lately, and how long its provider wants to be left alone.</summary>
internal sealed class EndpointFailures(TimeProvider clock)
{
    private const int MostRemembered = 1000;
    private static readonly TimeSpan Recently = TimeSpan.FromMinutes(5);

    private readonly Lock _lock = new();
    private readonly Queue<long> _failures = new();
    private ModelException? _last;
    private long _leftAloneUntil;
    private volatile bool _hasWorkedSince;

    /// <summary>The newest failure, while no call has worked since.</summary>
    public ModelException? Standing => _hasWorkedSince ? null : Recent.Last;

    /// <summary>How long the provider has asked to be left alone, by everybody: what it tells one call (<c>Retry-After</c>) holds for all.</summary>
    public TimeSpan LeftAlone
    {
        get
        {
            var left = new DateTimeOffset(Volatile.Read(ref _leftAloneUntil), TimeSpan.Zero) - clock.GetUtcNow();
            return left > TimeSpan.Zero ? left : TimeSpan.Zero;
        }
    }

    /// <summary>How many calls failed during the last five minutes, and the newest of these failures.</summary>
    public (int Count, ModelException? Last) Recent
    {
        get
        {
            lock (_lock)
            {
                while (_failures.TryPeek(out var oldest) && clock.GetElapsedTime(oldest) > Recently)
                    _failures.Dequeue();
                return (_failures.Count, _failures.Count > 0 ? _last : null);
            }
        }
    }

    /// <summary>When the next call is let through, by breaker and provider; null = now.</summary>
    public DateTimeOffset? RetryAt(EndpointBreaker breaker)
    {
        var wished = LeftAlone is var left && left > TimeSpan.Zero ? clock.GetUtcNow() + left : (DateTimeOffset?)null;
        return breaker.RetryAt is not { } at || at < wished ? wished : at;
    }

    /// <summary>What a call gets while none is let through.</summary>
    public ModelException Refusal(EndpointBreaker breaker) => new(ModelFailureKind.Unavailable)
    {
        RetryAfter = RetryAt(breaker) is { } at && at > clock.GetUtcNow() ? at - clock.GetUtcNow() : null,
    };

    /// <summary>A call was answered.</summary>
    public void NoteSuccess() => _hasWorkedSince = true;

    /// <summary>Remembers a failed call: for the report of state, and its provider's wish.</summary>
    public void Remember(ModelException failure)
    {
        lock (_lock)
        {
            if (failure is { Kind: not ModelFailureKind.Rejected, RetryAfter: { } wait } && (clock.GetUtcNow() + wait).UtcTicks is var until && until > _leftAloneUntil)
                Volatile.Write(ref _leftAloneUntil, until);
            (_last, _hasWorkedSince) = (failure, false);
            _failures.Enqueue(clock.GetTimestamp());
            if (_failures.Count > MostRemembered)
                _failures.Dequeue();
        }
    }
}
