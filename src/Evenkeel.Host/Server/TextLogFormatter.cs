using Evenkeel.Platform.Http;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace Evenkeel.Host.Server;

/// <summary>Short lines for a person: time, level, message, and the correlation id where one applies and the message does not say it.</summary>
internal sealed class TextLogFormatter(TimeProvider? time = null) : ConsoleFormatter(FormatterName)
{
    /// <summary>Its name for the console's settings.</summary>
    public const string FormatterName = "evenkeel";

    private readonly TimeProvider _time = time ?? TimeProvider.System;

    /// <inheritdoc/>
    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        var message = logEntry.Formatter(logEntry.State, logEntry.Exception);
        textWriter.Write($"{_time.GetLocalNow():HH:mm:ss} {Level(logEntry.LogLevel)} {message}");
        if (CorrelationOf(scopeProvider) is { } id && !message.Contains(id, StringComparison.Ordinal))
        {
            textWriter.Write($" ({id})");
        }

        textWriter.WriteLine();
        if (logEntry.Exception is { } exception)
        {
            textWriter.WriteLine(exception.ToString());
        }
    }

    private static string Level(LogLevel level) => level switch
    {
        LogLevel.Warning => Coloured("warn", 33),
        LogLevel.Error => Coloured("fail", 31),
        LogLevel.Critical => Coloured("crit", 31),
        LogLevel.Information => "info",
        _ => "dbug",
    };

    private static string Coloured(string text, int colour) => Console.IsOutputRedirected ? text : $"\e[{colour}m{text}\e[0m";

    private static string? CorrelationOf(IExternalScopeProvider? scopes)
    {
        string? found = null;
        // Innermost last: a socket's own id is outside that of the message sent through it.
        scopes?.ForEachScope((scope, _) => found = scope is CorrelationScope correlation ? correlation.Id.ToString() : found, 0);
        return found;
    }
}
