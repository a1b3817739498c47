using System.CommandLine;
using Evenkeel.Host.Server;

namespace Evenkeel.Host.Commands;

/// <summary><c>evenkeel migrate</c>: brings the database to the newest state and ends.</summary>
internal static class MigrateCommand
{
    /// <summary>The verb.</summary>
    public static Command Create()
    {
        var command = new Command("migrate", "Bring the database to the newest state, then end.");
        command.Options.Add(CommandSettings.Data);
        command.SetAction((parsed, cancellationToken) => CommandSettings.RunAsync(async () =>
        {
            var builder = EvenkeelServer.CreateBuilder(CommandSettings.Of(parsed));
            using var loggers = ServerLogs.Create(builder.Configuration);
            await using var database = await DatabaseStartup.RunAsync(builder.Configuration, loggers, cancellationToken);
            await Console.Out.WriteLineAsync(database.Applied.Count == 0
                ? "The database is up to date."
                : $"Applied {database.Applied.Count}: {string.Join(", ", database.Applied)}.");
            return 0;
        }));
        return command;
    }
}
