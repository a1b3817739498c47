using Evenkeel.Models;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Options;

namespace Evenkeel.Host.Server;

/// <summary>A server that answers, and its database; disposing stops both, the server first.</summary>
internal sealed partial class RunningServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly DatabaseStartup _database;

    private RunningServer(WebApplication app, DatabaseStartup database) => (_app, _database) = (app, database);

    /// <summary>The server's services, for the demo account and tests.</summary>
    public IServiceProvider Services => _app.Services;

    /// <summary>The data folder.</summary>
    public string DataDirectory => Server.DataDirectory.Of(_app.Configuration);

    /// <summary>Where it listens, with the port it was given.</summary>
    public Uri Address => new(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());

    /// <summary>Starts database and server; returns when requests are answered.</summary>
    /// <param name="settings">Win over environment and files.</param>
    /// <param name="cancellationToken">Gives up the start.</param>
    /// <param name="customize">For tests: replaces services.</param>
    public static async Task<RunningServer> StartAsync(
        IEnumerable<KeyValuePair<string, string?>> settings, CancellationToken cancellationToken, Action<IServiceCollection>? customize = null)
    {
        var builder = EvenkeelServer.CreateBuilder(settings);
        EvenkeelServer.Options(builder.Configuration);
        DatabaseStartup database;
        using (var loggers = ServerLogs.Create(builder.Configuration))
        {
            database = await DatabaseStartup.RunAsync(builder.Configuration, loggers, cancellationToken);
        }

        WebApplication? app = null;
        try
        {
            app = EvenkeelServer.Build(builder, database.Connection, customize);
            await app.StartAsync(cancellationToken);
            return new RunningServer(app, database);
        }
        catch
        {
            if (app is not null)
            {
                await app.DisposeAsync();
            }

            await database.DisposeAsync();
            throw;
        }
    }

    /// <summary>Says where to go and what answers; what is missing is said by <see cref="Evenkeel.Platform.Health.WatchHealth"/>.</summary>
    public void Announce()
    {
        Log.Ready(_app.Logger, Address, _database.Embedded is null ? "an external PostgreSQL" : $"its own PostgreSQL in {_database.Embedded.ClusterDirectory}");
        if (!_app.Services.GetRequiredService<IOptions<ModelsOptions>>().Value.Chat.IsBuiltIn)
        {
            Log.Model(_app.Logger, _app.Services.GetRequiredService<IAnswerModels>().PrimaryModel);
        }
    }

    /// <summary>Returns when the server was asked to stop and has stopped.</summary>
    public Task WaitForShutdownAsync(CancellationToken cancellationToken) => _app.WaitForShutdownAsync(cancellationToken);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        await _database.DisposeAsync();
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "Evenkeel is ready at {Address}, on {Database}")]
        public static partial void Ready(ILogger logger, Uri address, string database);

        [LoggerMessage(Level = LogLevel.Information, Message = "Answers come from the model {Model}")]
        public static partial void Model(ILogger logger, string model);
    }
}
