using Evenkeel.Platform.Http;
using Microsoft.Extensions.Logging;

namespace Evenkeel.Platform.Privacy;

/// <summary>
/// Stands before every log provider there is or will be: values, messages, exceptions and scopes reach them only through <see cref="Redaction"/>.
/// </summary>
public sealed class RedactingLoggerFactory(ILoggerFactory inner) : ILoggerFactory
{
    /// <inheritdoc/>
    public ILogger CreateLogger(string categoryName) => new RedactingLogger(inner.CreateLogger(categoryName));

    /// <inheritdoc/>
    public void AddProvider(ILoggerProvider provider) => inner.AddProvider(provider);

    /// <inheritdoc/>
    public void Dispose() => inner.Dispose();

    private sealed class RedactingLogger(ILogger inner) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull =>
            state is CorrelationScope ? inner.BeginScope(state) : inner.BeginScope(new RedactedScope(state));

        public bool IsEnabled(LogLevel logLevel) => inner.IsEnabled(logLevel);

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (inner.IsEnabled(logLevel))
            {
                inner.Log(logLevel, eventId, RedactedState.Of(state, eventId), exception is null ? null : RedactedException.Of(exception), static (redacted, _) => redacted.ToString());
            }
        }
    }
}
