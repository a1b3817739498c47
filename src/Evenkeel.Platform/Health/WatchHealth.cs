using Evenkeel.Platform.Background;
using Microsoft.Extensions.Logging;

namespace Evenkeel.Platform.Health;

/// <summary>
/// Looks at all parts at start and every ten seconds, logs what is missing with its fix, once, and again when it changes; keeps the last look for
/// those who may not make the server look.
/// </summary>
public sealed partial class WatchHealth(HealthChecks checks, TimeProvider time, ILogger<WatchHealth> logger)
    : BackgroundLoop(time, logger, TimeSpan.FromSeconds(10))
{
    private readonly Dictionary<string, string> _known = new(StringComparer.Ordinal);
    private volatile IReadOnlyList<HealthCheck> _last = [];

    /// <summary>What the last look found; empty before the first.</summary>
    public IReadOnlyList<HealthCheck> Last => _last;

    /// <inheritdoc/>
    protected internal override async Task<bool> RunOnceAsync(CancellationToken cancellationToken)
    {
        var found = await checks.RunAsync(HealthAsker.Server, hasDatabase: true, cancellationToken);
        _last = found;
        foreach (var check in found)
        {
            Report(check);
        }

        return false;
    }

    private void Report(HealthCheck check)
    {
        var isFirst = !_known.TryGetValue(check.Name, out var before);
        _known[check.Name] = check.Status;
        if (isFirst && check is { Status: HealthStatus.Ok, Hint: { } more })
        {
            Log.Optional(logger, check.Name, check.Found, more);
        }

        if (check.Status == (before ?? HealthStatus.Ok))
        {
            return;
        }

        if (check.Status == HealthStatus.Ok)
        {
            Log.Recovered(logger, check.Name, check.Found);
        }
        else
        {
            Log.Missing(logger, check.Name, check.Status, check.Found, check.Hint);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, EventName = "part_optional", Message = "{Part}: {Found}. {Hint}")]
        public static partial void Optional(ILogger logger, string part, string found, string hint);

        [LoggerMessage(Level = LogLevel.Warning, EventName = "part_degraded", Message = "{Part} is {Status}: {Found}. {Hint}")]
        public static partial void Missing(ILogger logger, string part, string status, string found, string? hint);

        [LoggerMessage(Level = LogLevel.Information, EventName = "part_recovered", Message = "{Part} is ok again: {Found}")]
        public static partial void Recovered(ILogger logger, string part, string found);
    }
}
