using System.CommandLine;
using Evenkeel.Host.Server;

namespace Evenkeel.Host.Commands;

/// <summary><c>evenkeel worker</c>: runs turns and answers nothing but its health; any number of them beside web nodes on one database.</summary>
internal static class WorkerCommand
{
    // Beside a web node on the same machine without further settings.
    private const string HealthAddress = "http://127.0.0.1:8081";

    /// <summary>The verb.</summary>
    public static Command Create()
    {
        var command = new Command("worker", "Run turns only, for web nodes on the same external PostgreSQL; serves /health at 127.0.0.1:8081 unless Urls says otherwise.");
        command.Options.Add(CommandSettings.Urls);
        command.Options.Add(CommandSettings.Data);
        command.SetAction((parsed, cancellationToken) => CommandSettings.RunAsync(async () =>
        {
            var settings = CommandSettings.Of(parsed);
            settings["Roles"] = "worker";
            if (EvenkeelServer.CreateBuilder(settings).Configuration["Urls"] is null or "")
            {
                settings["Urls"] = HealthAddress;
            }

            await using var server = await RunningServer.StartAsync(settings, cancellationToken);
            server.Announce();
            await server.WaitForShutdownAsync(cancellationToken);
            return 0;
        }));
        return command;
    }
}
