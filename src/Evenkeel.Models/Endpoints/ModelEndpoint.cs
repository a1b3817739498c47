using Evenkeel.Models.Tools;
using Microsoft.Extensions.Logging;

namespace Evenkeel.Models.Endpoints;

/// <summary>One model of the chain with everything that all conversations of this process share about it.</summary>
internal sealed partial class ModelEndpoint
{
    private readonly EndpointFailures _failures;

    public ModelEndpoint(IChatModelProvider provider, ModelEndpointOptions options, TimeSpan firstBreak, TimeProvider clock, ILogger<ModelEndpoint> logger)
    {
        _failures = new EndpointFailures(clock);
        Name = NameOf(options);
        IsBuiltIn = options.IsBuiltIn;
        Chat = new GuardedChatModel(provider, options, clock);
        Budget = new RetryBudget(clock);
        Tools = new ToolUse(options.Tools, provider.IsRemote, Name, logger);
        LongestSilence = TimeSpan.FromSeconds(Math.Max(options.FirstTokenTimeoutSeconds, options.IdleTimeoutSeconds));
        Breaker = new EndpointBreaker(TimeSpan.FromSeconds(options.TotalTimeoutSeconds), firstBreak, clock, span => Report(logger, span));
    }

    /// <summary>Host and path: what an operator recognises, and never a key.</summary>
    public string Name { get; }

    public bool IsBuiltIn { get; }

    public IChatModel Chat { get; }

    public RetryBudget Budget { get; }

    public EndpointBreaker Breaker { get; }

    public ToolUse Tools { get; }

    public TimeSpan LongestSilence { get; }

    /// <summary>How long the provider has asked to be left alone.</summary>
    public TimeSpan LeftAlone => _failures.LeftAlone;

    /// <summary>What a call gets while none is let through.</summary>
    public ModelException Refusal() => _failures.Refusal(Breaker);

    /// <summary>Remembers a failed call.</summary>
    public void Remember(ModelException failure) => _failures.Remember(failure);

    /// <summary>How it is now.</summary>
    /// <param name="check">The name of its health check.</param>
    public ModelEndpointState Look(string check)
    {
        var (count, last) = _failures.Recent;
        return new ModelEndpointState
        {
            Check = check, Name = Name, Model = Chat.Name, State = Breaker.State, RetryAt = _failures.RetryAt(Breaker),
            RecentFailures = count, LastErrorCode = last?.Code,
        };
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
