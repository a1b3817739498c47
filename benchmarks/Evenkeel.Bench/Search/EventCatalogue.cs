using System.Diagnostics;
using Evenkeel.Accounts;
using Evenkeel.Catalog;
using Evenkeel.Chatbots;
using Evenkeel.Knowledge;
using Evenkeel.Knowledge.Terms;
using Evenkeel.Platform.Data;
using Evenkeel.Platform.EmbeddedPostgres;
using Evenkeel.Realtime;
using Evenkeel.Search;
using Evenkeel.Search.Catalogue.Elasticsearch;
using Evenkeel.Search.Catalogue.Indexing;
using Evenkeel.Search.Catalogue.Postgres;
using Evenkeel.Tests.Search;
using Evenkeel.Timeline;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Evenkeel.Bench.Search;

/// <summary>The server's own database with a catalogue in it, and its search of events.</summary>
internal sealed class EventCatalogue : IAsyncDisposable
{
    private const int BatchSize = 1_000;

    private readonly string _folder;
    private readonly EmbeddedPostgresServer _server;
    private readonly Database _database;

    private EventCatalogue(string folder, EmbeddedPostgresServer server)
    {
        (_folder, _server) = (folder, server);
        _database = new Database(new DatabaseConnection(server.ApplicationConnectionString, null, PooledTransactions: false));
        Terms = new EventTerms(new TermNormalizer(_database));
        Backend = new PostgresEventBackend(_database, new PostgresEventIndex(
            new IndexStates(_database, TimeProvider.System), new ReadForIndex(_database, Terms), new WriteIndexedEvents(), new WithoutModels(), Options.Create(new EventBackendOptions())));
    }

    public Guid OrganizationId { get; } = Guid.CreateVersion7();

    public EventTerms Terms { get; }

    public PostgresEventBackend Backend { get; }

    private DataScope Scope => DataScope.Organization(OrganizationId);

    public static async Task<EventCatalogue> StartAsync(string results)
    {
        var folder = Path.Combine(results, $"data-{Environment.ProcessId}-search");
        Directory.CreateDirectory(folder);
        var server = await EmbeddedPostgresServer.StartAsync(
            new EmbeddedPostgresOptions { DataDirectory = folder }, NullLogger.Instance, TimeProvider.System, CancellationToken.None);
        var migrations = MigrationFiles.In(
            typeof(Database).Assembly, typeof(AccountsModule).Assembly, typeof(RealtimeModule).Assembly, typeof(TimelineModule).Assembly,
            typeof(ChatbotsModule).Assembly, typeof(CatalogModule).Assembly, typeof(KnowledgeModule).Assembly, typeof(SearchModule).Assembly);
        await new Migrator(server.OwnerConnectionString, ExternalPostgres.ApplicationRole, NullLogger.Instance)
            .RunAsync(migrations, grantToApplicationRole: true, CancellationToken.None);
        return new EventCatalogue(folder, server);
    }

    /// <summary>Countries with cities.</summary>
    public async Task<IReadOnlyList<City>> AddPlacesAsync(int countries, int citiesEach)
    {
        var cities = new List<City>();
        for (var country = 0; country < countries; country++)
        {
            var code = $"{(char)('A' + (country / 26))}{(char)('A' + (country % 26))}";
            var countryId = await AddPlaceAsync($"Country {code}", "country", null, code);
            for (var city = 0; city < citiesEach; city++)
            {
                var name = $"{code}ville{city}";
                cities.Add(new City(await AddPlaceAsync(name, "city", countryId, code), countryId, name));
            }
        }

        return cities;
    }

    /// <summary>Writes events as an import does, and indexes them.</summary>
    /// <returns>Seconds of each.</returns>
    public async Task<(double Written, double Indexed)> AddAsync(IEnumerable<MadeUpEvent> events)
    {
        var stopwatch = Stopwatch.StartNew();
        foreach (var some in events.Chunk(BatchSize))
        {
            await WriteAsync(some);
        }

        var written = stopwatch.Elapsed.TotalSeconds;
        stopwatch.Restart();
        while (await Backend.ApplyChangesAsync(OrganizationId, CancellationToken.None) > 0)
        {
        }

        var indexed = stopwatch.Elapsed.TotalSeconds;
        // What autovacuum does a minute later.
        await using var connection = new NpgsqlConnection(_server.AdministratorConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand("VACUUM ANALYZE event_index, catalogue_changes", connection);
        await command.ExecuteNonQueryAsync();
        return (written, indexed);
    }

    public async ValueTask DisposeAsync()
    {
        await _database.DisposeAsync();
        await _server.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task<Guid> AddPlaceAsync(string name, string kind, Guid? parent, string code)
    {
        var id = Guid.CreateVersion7();
        await _database.ExecuteAsync(
            Scope,
            """
            INSERT INTO locations (id, organization_id, name, kind, parent_id, country_code, folded_names, created_at, updated_at)
            VALUES (@id, @OrganizationId, @name, @kind, @parent, @code, ARRAY[lower(@name)], now(), now())
            """,
            new { id, OrganizationId, name, kind, parent, code },
            CancellationToken.None);
        return id;
    }

    private Task WriteAsync(MadeUpEvent[] events) => _database.ExecuteAsync(
        Scope,
        """
        INSERT INTO catalogue_events (id, organization_id, key, title, description, starts_at, ends_at, all_day, starts_on, ends_on, time_zone, location_id,
            is_virtual, categories, content_hash, created_at, updated_at)
        SELECT id, @OrganizationId, id::text, title, description, starts_on::date, ends_on::date + 1, true, starts_on::date, ends_on::date, 'Etc/UTC', location_id,
            is_virtual, string_to_array(categories, ','), sha256(convert_to(title, 'UTF8')), now(), now()
        FROM unnest(@ids, @titles, @descriptions, @starts, @ends, @places, @virtuals, @categories)
            AS given (id, title, description, starts_on, ends_on, location_id, is_virtual, categories)
        """,
        new
        {
            OrganizationId,
            ids = Array.ConvertAll(events, made => made.Id),
            titles = Array.ConvertAll(events, made => made.Title),
            descriptions = Array.ConvertAll(events, made => made.Description),
            starts = Array.ConvertAll(events, made => $"{made.StartsOn:yyyy-MM-dd}"),
            ends = Array.ConvertAll(events, made => $"{made.EndsOn:yyyy-MM-dd}"),
            places = Array.ConvertAll(events, made => made.LocationId),
            virtuals = Array.ConvertAll(events, made => made.IsVirtual),
            categories = Array.ConvertAll(events, made => string.Join(',', made.Categories)),
        },
        CancellationToken.None);
}
