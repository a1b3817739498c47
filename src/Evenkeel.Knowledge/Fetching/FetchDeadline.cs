namespace Evenkeel.Knowledge.Fetching;

/// <summary>The time a fetch has as a whole, and the time it may be silent.</summary>
internal sealed class FetchDeadline : IDisposable
{
    // Between two reads. A server that is this silent has forgotten us; one that sends a byte now and then meets the limit of the whole.
    public static readonly TimeSpan LongestSilence = TimeSpan.FromSeconds(15);

    private readonly CancellationTokenSource _whole;
    private readonly CancellationTokenSource _silence;
    private readonly CancellationTokenSource _any;

    public FetchDeadline(TimeSpan whole, TimeProvider time, CancellationToken cancellationToken)
    {
        _whole = new CancellationTokenSource(whole, time);
        _silence = new CancellationTokenSource(LongestSilence, time);
        _any = CancellationTokenSource.CreateLinkedTokenSource(_whole.Token, _silence.Token, cancellationToken);
    }

    public CancellationToken Token => _any.Token;

    public bool IsOver => _whole.IsCancellationRequested || _silence.IsCancellationRequested;

    /// <summary>Something came: the silence begins anew.</summary>
    public void HeardSomething() => _silence.CancelAfter(LongestSilence);

    /// <summary>Nothing is awaited from the server for now.</summary>
    public void ExpectNothing() => _silence.CancelAfter(Timeout.InfiniteTimeSpan);

    /// <inheritdoc/>
    public void Dispose()
    {
        _any.Dispose();
        _silence.Dispose();
        _whole.Dispose();
    }
}
