using System.CommandLine;
using Evenkeel.Host.Server;
using Evenkeel.Host.Server.Demo;

namespace Evenkeel.Host.Commands;

/// <summary><c>evenkeel [serve]</c>: database, web and worker until stopped.</summary>
internal static class ServeCommand
{
    private static Option<bool> Demo { get; } = new("--demo") { Description = "Make a demo account on the first start and print how to sign in." };

    /// <summary>Gives <paramref name="command"/> the options and the action.</summary>
    public static T Create<T>(T command)
        where T : Command
    {
        command.Options.Add(CommandSettings.Urls);
        command.Options.Add(CommandSettings.Data);
        command.Options.Add(Demo);
        command.SetAction((parsed, cancellationToken) =>
            CommandSettings.RunAsync(() => ServeAsync(CommandSettings.Of(parsed), parsed.GetValue(Demo), cancellationToken)));
        return command;
    }

    private static async Task<int> ServeAsync(Dictionary<string, string?> settings, bool demo, CancellationToken cancellationToken)
    {
        await using var server = await RunningServer.StartAsync(settings, cancellationToken);
        server.Announce();
        if (demo)
        {
            var account = await DemoAccount.EnsureAsync(server.Address, server.DataDirectory, server.Services, cancellationToken);
            await Console.Out.WriteLineAsync($"\n  Open {server.Address}\n  {account}\n  Stop with Ctrl+C.\n");
        }

        await server.WaitForShutdownAsync(cancellationToken);
        return 0;
    }
}
