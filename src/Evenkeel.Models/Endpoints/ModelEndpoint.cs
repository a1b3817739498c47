using Microsoft.Extensions.Logging;

namespace Evenkeel.Models.Endpoints;

/// <summary>One model of the chain with everything that all conversations of this process share about it.</summary>
internal sealed partial class ModelEndpoint
{
    private const int MostRemembered = 1000;
    private static readonly TimeSpan Recently = TimeSpan.FromMinutes(5);

    private readonly Lock _lock = new();
    private readonly Queue<long> _failures = new();
    private readonly TimeProvider _clock;
    private string? _lastErrorCode;
    private long _leftAloneUntil;

    public ModelEndpoint(IChatModelProvider provider, ModelEndpointOptions options, TimeSpan firstBreak, TimeProvider clock, ILogger<ModelEndpoint> logger)
    {
        _clock = clock;
        Name = NameOf(options);
        IsBuiltIn = options.IsBuiltIn;
        Chat = new GuardedChatModel(provider, options, clock);
        Budget = new RetryBudget(clock);
        LongestSilence = TimeSpan.FromSeconds(Math.Max(options.FirstTokenTimeoutSeconds, options.IdleTimeoutSeconds));
        Breaker = new EndpointBreaker(options, firstBreak, clock, span => Report(logger, span));
    }

    /// <summary>Host and path: what an operator recognises, and never a key.</summary>
    public string Name { get; }

    public bool IsBuiltIn { get; }

    public IChatModel Chat { get; }

    public RetryBudget Budget { get; }

    public EndpointBreaker Breaker { get; }

    public TimeSpan LongestSilence { get; }

    /// <summary>How long the provider has asked to be left alone, by everybody: what it tells one call (<c>Retry-After</c>) holds for all.</summary>
    public TimeSpan LeftAlone
    {
        get
        {
            var left = new DateTimeOffset(Volatile.Read(ref _leftAloneUntil), TimeSpan.Zero) - _clock.GetUtcNow();
            return left > TimeSpan.Zero ? left : TimeSpan.Zero;
        }
    }

    /// <summary>When the next call is let through; null = now.</summary>
    private DateTimeOffset? RetryAt
    {
        get
        {
            var wished = LeftAlone is var left && left > TimeSpan.Zero ? _clock.GetUtcNow() + left : (DateTimeOffset?)null;
            return Breaker.RetryAt is not { } at || at < wished ? wished : at;
        }
    }

    /// <summary>What a call gets while none is let through.</summary>
    public ModelException Refusal() => new(ModelFailureKind.Unavailable)
    {
        RetryAfter = RetryAt is { } at && at > _clock.GetUtcNow() ? at - _clock.GetUtcNow() : null,
    };

    /// <summary>Remembers a failed call: for the report of state, and its provider's wish.</summary>
    public void Remember(ModelException failure)
    {
        lock (_lock)
        {
            if (failure is { Kind: not ModelFailureKind.Rejected, RetryAfter: { } wait } && (_clock.GetUtcNow() + wait).UtcTicks is var until && until > _leftAloneUntil)
                Volatile.Write(ref _leftAloneUntil, until);
            _lastErrorCode = failure.Code;
            _failures.Enqueue(_clock.GetTimestamp());
            if (_failures.Count > MostRemembered)
                _failures.Dequeue();
        }
    }

    /// <summary>How it is now.</summary>
    /// <param name="check">The name of its health check.</param>
    public ModelEndpointState Look(string check)
    {
        lock (_lock)
        {
            while (_failures.TryPeek(out var oldest) && _clock.GetElapsedTime(oldest) > Recently)
                _failures.Dequeue();
            return new ModelEndpointState
            {
                Check = check, Name = Name, Model = Chat.Name, State = Breaker.State, RetryAt = RetryAt,
                RecentFailures = _failures.Count, LastErrorCode = _failures.Count > 0 ? _lastErrorCode : null,
            };
        }
    }

    private static string NameOf(ModelEndpointOptions options)
    {
        if (options.IsBuiltIn)
            return "built-in";
        if (options.Endpoint.Length == 0)
            return options.Provider;
        var address = new Uri(options.Endpoint);
        return address.Authority + address.AbsolutePath.TrimEnd('/');
    }

    private void Report(ILogger logger, TimeSpan? open)
    {
        if (open is { } span)
            Log.Opened(logger, Name, Chat.Name, span.TotalSeconds);
        else
            Log.Closed(logger, Name, Chat.Name);
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, EventName = "endpoint_breaker_opened", Message = "The model endpoint {Endpoint} ({Model}) fails too often and is not called for {Seconds} s")]
        public static partial void Opened(ILogger logger, string endpoint, string model, double seconds);

        [LoggerMessage(Level = LogLevel.Warning, EventName = "endpoint_breaker_closed", Message = "The model endpoint {Endpoint} ({Model}) works again")]
        public static partial void Closed(ILogger logger, string endpoint, string model);
    }
}
