using System.CommandLine;
using Evenkeel.Host.Server;

namespace Evenkeel.Host.Commands;

/// <summary><c>evenkeel [serve]</c>: database, web and worker until stopped.</summary>
internal static class ServeCommand
{
    /// <summary>Gives <paramref name="command"/> the options and the action.</summary>
    public static T Create<T>(T command)
        where T : Command
    {
        command.Options.Add(CommandSettings.Urls);
        command.Options.Add(CommandSettings.Data);
        command.SetAction((parsed, cancellationToken) => CommandSettings.RunAsync(() => ServeAsync(CommandSettings.Of(parsed), cancellationToken)));
        return command;
    }

    private static async Task<int> ServeAsync(Dictionary<string, string?> settings, CancellationToken cancellationToken)
    {
        await using var server = await RunningServer.StartAsync(settings, cancellationToken);
        server.Announce();
        await server.WaitForShutdownAsync(cancellationToken);
        return 0;
    }
}
