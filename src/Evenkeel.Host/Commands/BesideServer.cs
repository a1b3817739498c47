using System.CommandLine;
using Evenkeel.Host.Server;
using Evenkeel.Platform.Data;
using Microsoft.Extensions.Logging.Abstractions;

namespace Evenkeel.Host.Commands;

/// <summary>Verbs that use the services of a server without starting it: on the database of the running one, or on one that is started for the time being.</summary>
internal static class BesideServer
{
    /// <summary>Runs <paramref name="verb"/>; what it says is the output, so nothing is logged.</summary>
    /// <param name="parsed">With what was given on the command line.</param>
    /// <param name="verb">Gives the exit code.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <param name="change">Another way to connect to the database that was found; null = as it is.</param>
    public static async Task<int> RunAsync(
        ParseResult parsed, Func<IServiceProvider, Task<int>> verb, CancellationToken cancellationToken, Func<DatabaseConnection, DatabaseConnection>? change = null)
    {
        var builder = EvenkeelServer.CreateBuilder(CommandSettings.Of(parsed));
        builder.Logging.ClearProviders();
        await using var database = await DatabaseStartup.ReachAsync(builder.Configuration, NullLoggerFactory.Instance, cancellationToken);
        await using var app = EvenkeelServer.Build(builder, change?.Invoke(database.Connection) ?? database.Connection);
        return await verb(app.Services);
    }
}
