using Evenkeel.Accounts;
using Evenkeel.Platform.Data;
using Evenkeel.Platform.EmbeddedPostgres;
using Evenkeel.Platform.Identifiers;
using Evenkeel.Realtime;
using Evenkeel.Timeline;
using Evenkeel.Timeline.Catalogue;
using Evenkeel.Timeline.Recording;
using Evenkeel.Timeline.Retention;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Evenkeel.Bench.Events;

/// <summary>The server's own database, and the parts of the timeline that are measured, as the server puts them together.</summary>
internal sealed class EventStore : IAsyncDisposable
{
    private readonly string _folder;
    private readonly EmbeddedPostgresServer _server;
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly IOptions<TimelineOptions> _options = Options.Create(new TimelineOptions());
    private readonly KnownLeaves _leaves = new();

    private EventStore(string folder, EmbeddedPostgresServer server)
    {
        (_folder, _server) = (folder, server);
        Database = new Database(new DatabaseConnection(server.ApplicationConnectionString, null, PooledTransactions: false));
    }

    public Database Database { get; }

    /// <summary>The root of PostgreSQL's processes.</summary>
    public int PostmasterId => int.Parse(
        File.ReadLines(Directory.EnumerateFiles(_folder, "postmaster.pid", SearchOption.AllDirectories).First()).First(), System.Globalization.CultureInfo.InvariantCulture);

    public static async Task<EventStore> StartAsync(string results)
    {
        var folder = Path.Combine(results, $"data-{Environment.ProcessId}-events");
        Directory.CreateDirectory(folder);
        var server = await EmbeddedPostgresServer.StartAsync(
            new EmbeddedPostgresOptions { DataDirectory = folder }, NullLogger.Instance, TimeProvider.System, CancellationToken.None);
        var migrations = MigrationFiles.In(typeof(Database).Assembly, typeof(AccountsModule).Assembly, typeof(RealtimeModule).Assembly, typeof(TimelineModule).Assembly);
        await new Migrator(server.OwnerConnectionString, ExternalPostgres.ApplicationRole, NullLogger.Instance)
            .RunAsync(migrations, grantToApplicationRole: true, CancellationToken.None);
        var store = new EventStore(folder, server);
        store._leaves.Set(await ReadLeaves.RunAsync(store.Database, CancellationToken.None));
        return store;
    }

    /// <summary>A recorder with its writer, not started.</summary>
    public (TimelineRecorder Recorder, WriteTimeline Writer, TimelineCounts Counts) NewRecorder()
    {
        var ids = new IdSource(TimeProvider.System);
        var prepare = new PrepareEntries(new EventTexts([]), _options);
        var append = new AppendEntries(prepare, ids);
        var counts = new TimelineCounts(_services.GetRequiredService<System.Diagnostics.Metrics.IMeterFactory>(), TimeProvider.System);
        var recorded = new RecordedSessions();
        var recorder = new TimelineRecorder(append, recorded, counts, [], TimeProvider.System, _options);
        var copy = new CopyEntries(Database, append, _leaves, NullLogger<CopyEntries>.Instance);
        return (recorder, new WriteTimeline(recorder, prepare, copy, recorded, counts, ids, TimeProvider.System, NullLogger<WriteTimeline>.Instance, _options), counts);
    }

    public DropDays NewDropDays() => new(Database, new KeepPinned(Database), _leaves);

    /// <summary>As the superuser, whom no policy binds.</summary>
    public async Task<NpgsqlConnection> OpenAdministratorAsync()
    {
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(_server.AdministratorConnectionString) { Database = "evenkeel", CommandTimeout = 0 }.ConnectionString);
        await connection.OpenAsync();
        return connection;
    }

    public async Task ChangeAsync(string sql)
    {
        await using var connection = await OpenAdministratorAsync();
        foreach (var statement in sql.Split(';'))
        {
            await using var command = new NpgsqlCommand(statement, connection);
            await command.ExecuteNonQueryAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Database.DisposeAsync();
        await _services.DisposeAsync();
        await _server.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
