using Evenkeel.Contracts.Chats;
using Polly;
using Polly.CircuitBreaker;

namespace Evenkeel.Models.Endpoints;

/// <summary>
/// Stops calling an endpoint that fails, and finds out by single calls when it works again. Two windows, because one length cannot serve both:
/// a burst of failures under load is seen within seconds, and rare calls that each hang until their time-out still add up, in a window longer
/// than the longest call.
/// </summary>
internal sealed class EndpointBreaker
{
    private const int LongestBreak = 2; // times the first: a probe is one call, and a model that works again should not stand idle
    private readonly ResiliencePipeline _pipeline;
    private readonly Window _burst;
    private readonly Window _steady;
    private readonly TimeProvider _clock;

    public EndpointBreaker(TimeSpan longestCall, TimeSpan firstBreak, TimeProvider clock, Action<TimeSpan?> report)
    {
        var longest = TimeSpan.FromSeconds(Math.Max(60, 3 * longestCall.TotalSeconds));
        _clock = clock;
        _burst = new Window(TimeSpan.FromSeconds(10), 10, 0.5, firstBreak);
        _steady = new Window(longest, 8, 0.8, firstBreak);
        _pipeline = new ResiliencePipelineBuilder { TimeProvider = clock }
            .AddCircuitBreaker(_steady.ToOptions(clock, report))
            .AddCircuitBreaker(_burst.ToOptions(clock, report))
            .Build();
    }

    /// <summary>One of <see cref="BreakerState"/>.</summary>
    public string State =>
        IsAny(window => window.State is CircuitState.Open && _clock.GetUtcNow() < window.RetryAt) ? BreakerState.Open
        : IsAny(window => window.State is CircuitState.HalfOpen or CircuitState.Open) ? BreakerState.HalfOpen
        : BreakerState.Closed;

    /// <summary>When the next call is let through; null when closed.</summary>
    public DateTimeOffset? RetryAt => State == BreakerState.Closed ? null
        : new[] { _burst, _steady }.Where(window => window.State != CircuitState.Closed).Max(window => (DateTimeOffset?)window.RetryAt);

    /// <summary>Whether a call would be refused now: without asking, so that looking does not count.</summary>
    public bool IsRefusing => State == BreakerState.Open || IsAny(window => window.State == CircuitState.HalfOpen);

    /// <summary>Lets a call through, or gives null. Whoever gets a pass says how the call ended.</summary>
    public async ValueTask<Pass?> EnterAsync()
    {
        var admission = new Admission();
        var guarded = _pipeline.ExecuteAsync(static (own, _) => own.RunAsync(), admission, CancellationToken.None).AsTask();
        if (!admission.Admitted.IsCompleted)
            await Task.WhenAny(admission.Admitted, guarded);
        if (admission.Admitted.IsCompleted)
            return new Pass(admission, guarded, IsAny(window => window.State == CircuitState.HalfOpen));
        await guarded.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return null;
    }

    private bool IsAny(Func<Window, bool> condition) => condition(_burst) || condition(_steady);

    /// <summary>A call under way.</summary>
    internal sealed class Pass(Admission admission, Task guarded, bool isProbe)
    {
        /// <summary>Records a success, or with <paramref name="failure"/> a failure.</summary>
        public async ValueTask EndAsync(ModelException? failure)
        {
            admission.End(failure);
            await guarded.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        /// <summary>The caller left, which says nothing about the endpoint; but a probe must end, and one that proved nothing proved no recovery.</summary>
        public ValueTask AbandonAsync() => isProbe ? EndAsync(new ModelException(ModelFailureKind.Unavailable)) : ValueTask.CompletedTask;
    }

    /// <summary>What runs inside of the pipeline: it begins when the call is let through and ends when the call does.</summary>
    internal sealed class Admission
    {
        private readonly TaskCompletionSource _admitted = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _ended = new(); // the pipeline takes the outcome before End returns

        public Task Admitted => _admitted.Task;

        public ValueTask RunAsync()
        {
            _admitted.SetResult();
            return new ValueTask(_ended.Task);
        }

        public void End(ModelException? failure)
        {
            if (failure is null)
                _ended.TrySetResult();
            else
                _ended.TrySetException(failure);
        }
    }

    private sealed class Window(TimeSpan length, int leastCalls, double ratio, TimeSpan firstBreak)
    {
        private readonly CircuitBreakerStateProvider _state = new();
        private long _retryAtTicks;

        public CircuitState State => _state.CircuitState;

        public DateTimeOffset RetryAt => new(Volatile.Read(ref _retryAtTicks), TimeSpan.Zero);

        public CircuitBreakerStrategyOptions ToOptions(TimeProvider clock, Action<TimeSpan?> report) => new()
        {
            SamplingDuration = length,
            MinimumThroughput = leastCalls,
            FailureRatio = ratio,
            StateProvider = _state,
            ShouldHandle = static attempt => ValueTask.FromResult(attempt.Outcome.Exception is ModelException),
            BreakDurationGenerator = opening =>
            {
                var span = firstBreak * Math.Min(LongestBreak, Math.Pow(2, opening.HalfOpenAttempts));
                Volatile.Write(ref _retryAtTicks, (clock.GetUtcNow() + span).UtcTicks);
                return ValueTask.FromResult(span);
            },
            OnOpened = opened =>
            {
                report(opened.BreakDuration);
                return ValueTask.CompletedTask;
            },
            OnClosed = _ =>
            {
                report(null);
                return ValueTask.CompletedTask;
            },
        };
    }
}
