using Evenkeel.Platform.Privacy;
using Microsoft.Extensions.Logging.Console;

namespace Evenkeel.Host.Server;

/// <summary>Logs: one JSON object a line for machines, short lines for a person at a terminal.</summary>
internal static class ServerLogs
{
    /// <summary>Logs of what runs before the server, or without one.</summary>
    public static ILoggerFactory Create(IConfiguration configuration) =>
        new RedactingLoggerFactory(LoggerFactory.Create(logging => Configure(logging, configuration)));

    /// <summary><c>Logs:Format</c> is <c>json</c>, <c>text</c> or absent (by whether standard output is a terminal).</summary>
    public static void Configure(ILoggingBuilder logging, IConfiguration configuration)
    {
        logging.ClearProviders();
        logging.AddConfiguration(configuration.GetSection("Logging"));
        logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        logging.AddFilter("Microsoft.Hosting.Lifetime", LogLevel.Warning);
        logging.AddFilter("System.Net.Http", LogLevel.Warning);
        // The command line says the same in one line.
        logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None);
        // The exception handler below already logged it once, with the correlation id.
        logging.AddFilter("Microsoft.AspNetCore.Diagnostics.ExceptionHandlerMiddleware", LogLevel.None);
        if ((configuration["Logs:Format"] ?? (Console.IsOutputRedirected ? "json" : "text")) == "json")
        {
            logging.AddJsonConsole(json =>
            {
                json.IncludeScopes = true;
                json.UseUtcTimestamp = true;
                json.TimestampFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";
            });
        }
        else
        {
            logging.AddConsoleFormatter<TextLogFormatter, ConsoleFormatterOptions>();
            logging.AddConsole(console => console.FormatterName = TextLogFormatter.FormatterName);
        }
    }
}
