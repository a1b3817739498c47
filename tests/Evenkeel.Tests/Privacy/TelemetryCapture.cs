using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.Extensions.Logging;

namespace Evenkeel.Tests.Privacy;

/// <summary>Keeps everything that log providers and span listeners are given, as text: what any exporter could send away.</summary>
internal sealed class TelemetryCapture : ILoggerProvider, ISupportExternalScope, ILogger
{
    private readonly ConcurrentQueue<Activity> _spans = new();
    private readonly ActivityListener _listener;
    private IExternalScopeProvider _scopes = new LoggerExternalScopeProvider();

    public TelemetryCapture()
    {
        _listener = new ActivityListener
        {
            ShouldListenTo = _ => true,
            Sample = (ref _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = _spans.Enqueue,
        };
        ActivitySource.AddActivityListener(_listener);
    }

    public ConcurrentQueue<LogLine> Lines { get; } = new();

    /// <summary>Every span as text; only meaningful once all have ended.</summary>
    public IEnumerable<string> Spans => _spans.Select(span => string.Join(' ',
        [span.DisplayName, span.StatusDescription, .. span.TagObjects.Select(Text), .. span.Events.SelectMany(one => one.Tags.Select(Text)), .. span.Baggage.Select(pair => $"{pair.Key}={pair.Value}")]));

    public ILogger CreateLogger(string categoryName) => new Category(this, categoryName);

    public void SetScopeProvider(IExternalScopeProvider scopeProvider) => _scopes = scopeProvider;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        Write("", logLevel, eventId, state, exception, formatter);

    public void Dispose() => _listener.Dispose();

    private void Write<TState>(string category, LogLevel level, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        var scopes = new List<string>();
        _scopes.ForEachScope((scope, list) => list.Add(scope is IEnumerable<KeyValuePair<string, object?>> pairs ? string.Join(' ', pairs.Select(Text)) : $"{scope}"), scopes);
        var values = state is IEnumerable<KeyValuePair<string, object?>> all ? string.Join(' ', all.Select(Text)) : "";
        Lines.Enqueue(new LogLine(category, level, eventId.Name, formatter(state, exception), $"{values} {exception}", string.Join(" | ", scopes)));
    }

    private static string Text(KeyValuePair<string, object?> pair) => $"{pair.Key}={pair.Value}";

    private sealed class Category(TelemetryCapture capture, string name) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            capture.Write(name, logLevel, eventId, state, exception, formatter);
    }
}

/// <summary>A log entry as a provider could write it.</summary>
internal sealed record LogLine(string Category, LogLevel Level, string? Event, string Message, string Values, string Scopes)
{
    public override string ToString() => $"{Level} {Category} {Event}: {Message} {Values} {Scopes}";
}
