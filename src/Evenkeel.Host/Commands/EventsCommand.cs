using System.CommandLine;
using Evenkeel.Platform.Data;
using Evenkeel.Timeline.Retention;
using Npgsql;

namespace Evenkeel.Host.Commands;

/// <summary>
/// <c>evenkeel events …</c>: looks after recorded events, beside a running server or without one. Every verb ends with 0 when all was done, 1 when something
/// failed, 2 when it was called wrongly.
/// </summary>
internal static class EventsCommand
{
    /// <summary>Exit code of what failed.</summary>
    public const int Failed = 1;

    // Counting and reading all there is takes longer than a server lets statements take.
    private const int StatementSeconds = 24 * 60 * 60;

    /// <summary>The verbs.</summary>
    public static Command Create() => new("events", "Recorded events of the timeline: how many there are, clean up, export, pin.")
    {
        Subcommands =
        {
            EventsStatsCommand.Create(), EventsCleanupCommand.Create(), EventsExportCommand.Create(),
            EventsPinCommand.CreatePin(), EventsPinCommand.CreateUnpin(),
        },
    };

    /// <summary>The output is JSON instead of tables.</summary>
    public static Option<bool> Json() => new("--json") { Description = "Write JSON instead of tables." };

    /// <summary>Types of events.</summary>
    public static Option<string[]> Types() => new("--type") { Description = "Only events of this type; may be given several times." };

    /// <summary>Statuses of events.</summary>
    public static Option<string[]> Statuses() => new("--status") { Description = "Only events with this status; may be given several times." };

    /// <summary>What both of them choose.</summary>
    public static EventSelection Selection(ParseResult parsed, Option<string[]> types, Option<string[]> statuses) =>
        new() { Types = parsed.GetValue(types) ?? [], Statuses = parsed.GetValue(statuses) ?? [] };

    /// <summary>Runs a verb on the services of a server that is not started.</summary>
    public static Task<int> RunAsync(ParseResult parsed, Func<IServiceProvider, Task<int>> verb, CancellationToken cancellationToken) =>
        CommandSettings.RunAsync(async () =>
        {
            try
            {
                return await BesideServer.RunAsync(parsed, verb, cancellationToken, WithPatience);
            }
            catch (Exception exception) when (exception is CleanUpException or IOException and not { InnerException: Microsoft.AspNetCore.Connections.AddressInUseException })
            {
                await Console.Error.WriteLineAsync($"evenkeel: {exception.Message}");
            }
            catch (OperationCanceledException)
            {
                await Console.Error.WriteLineAsync("evenkeel: Stopped before the end.");
            }

            return Failed;
        });

    private static DatabaseConnection WithPatience(DatabaseConnection connection) => connection with
    {
        ConnectionString = new NpgsqlConnectionStringBuilder(connection.ConnectionString) { CommandTimeout = StatementSeconds }.ConnectionString,
    };
}
