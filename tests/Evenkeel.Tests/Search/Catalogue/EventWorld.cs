using Evenkeel.Knowledge.Terms;
using Evenkeel.Models;
using Evenkeel.Platform.Data;
using Evenkeel.Search.Catalogue;
using Evenkeel.Search.Catalogue.Elasticsearch;
using Evenkeel.Search.Catalogue.Indexing;
using Evenkeel.Search.Catalogue.Postgres;
using Evenkeel.Tests.Harness;
using Microsoft.Extensions.Options;
using Xunit;

namespace Evenkeel.Tests.Search.Catalogue;

/// <summary>An event as a test writes it.</summary>
internal sealed record MadeEvent
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public required string Title { get; init; }
    public string Description { get; init; } = "";
    public Guid? LocationId { get; init; }
    public DateOnly StartsOn { get; init; } = EventWorld.Today.AddDays(10);
    public int Days { get; init; } = 1;
    public bool IsVirtual { get; init; }
    public string[] Categories { get; init; } = [];

    public DateOnly EndsOn => StartsOn.AddDays(Days - 1);
}

/// <summary>Catalogues of tenants, written as the catalogue writes them, and the parts that index them.</summary>
internal sealed class EventWorld : IAsyncDisposable
{
    public static readonly DateOnly Today = new(2026, 3, 10);

    private readonly TestDatabase _test;

    private EventWorld(TestDatabase test, EventBackendOptions options, IEmbeddings embeddings)
    {
        _test = test;
        Database = new Database(new DatabaseConnection(test.ApplicationConnectionString, null, PooledTransactions: false));
        Options = Microsoft.Extensions.Options.Options.Create(options);
        Terms = new EventTerms(new TermNormalizer(Database));
        States = new IndexStates(Database, TimeProvider.System);
        Read = new ReadForIndex(Database, Terms);
        Postgres = new PostgresEventBackend(Database, new PostgresEventIndex(States, Read, new WriteIndexedEvents(), embeddings, Options));
    }

    public Database Database { get; }

    public IOptions<EventBackendOptions> Options { get; }

    public EventTerms Terms { get; }

    public IndexStates States { get; }

    public ReadForIndex Read { get; }

    public PostgresEventBackend Postgres { get; }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static async Task<EventWorld> StartAsync(EventBackendOptions? options = null, IEmbeddings? embeddings = null) =>
        new(await TestServer.NewDatabaseAsync(), options ?? new EventBackendOptions(), embeddings ?? new WithoutModels());

    public async Task<Guid> PlaceAsync(Guid organization, string name, string kind, Guid? parent = null, string? country = null, params string[] aliases)
    {
        var id = Guid.CreateVersion7();
        await Database.ExecuteAsync(
            DataScope.Organization(organization),
            """
            INSERT INTO locations (id, organization_id, name, kind, parent_id, country_code, aliases, folded_names, created_at, updated_at)
            VALUES (@id, @organization, @name, @kind, @parent, @country, @aliases, ARRAY[lower(@name)], now(), now())
            """,
            new { id, organization, name, kind, parent, country, aliases },
            Ct);
        return id;
    }

    public Task AddAsync(Guid organization, params IReadOnlyList<MadeEvent> events) => Database.ExecuteAsync(
        DataScope.Organization(organization),
        """
        INSERT INTO catalogue_events (id, organization_id, key, title, description, starts_at, ends_at, all_day, starts_on, ends_on, time_zone, location_id,
            is_virtual, categories, content_hash, created_at, updated_at)
        SELECT id, @organization, id::text, title, description, starts_on::date, ends_on::date + 1, true, starts_on::date, ends_on::date, 'Etc/UTC', location_id,
            is_virtual, CASE WHEN categories = '' THEN '{}' ELSE string_to_array(categories, ',') END, '\x00', now(), now()
        FROM unnest(@ids, @titles, @descriptions, @starts, @ends, @places, @virtuals, @categories)
            AS given (id, title, description, starts_on, ends_on, location_id, is_virtual, categories)
        """,
        new
        {
            organization,
            ids = events.Select(made => made.Id).ToArray(),
            titles = events.Select(made => made.Title).ToArray(),
            descriptions = events.Select(made => made.Description).ToArray(),
            starts = events.Select(made => $"{made.StartsOn:yyyy-MM-dd}").ToArray(),
            ends = events.Select(made => $"{made.EndsOn:yyyy-MM-dd}").ToArray(),
            places = events.Select(made => made.LocationId).ToArray(),
            virtuals = events.Select(made => made.IsVirtual).ToArray(),
            categories = events.Select(made => string.Join(',', made.Categories)).ToArray(),
        },
        Ct);

    public Task ChangeAsync(Guid organization, string sql, Guid id) => Database.ExecuteAsync(DataScope.Organization(organization), sql, new { id }, Ct);

    public async Task<int> WaitingAsync(Guid organization, string table) => await Database.QueryFirstOrDefaultAsync<int>(
        DataScope.Organization(organization), $"SELECT count(*)::integer FROM {table}", null, Ct);

    public async Task<EventConditions> ConditionsAsync(Guid organization, string words = "") => new()
    {
        OrganizationId = organization, Today = Today, Terms = words.Length == 0 ? [] : await Terms.OfQueryAsync(words, isLiteral: false, Ct),
    };

    public async ValueTask DisposeAsync()
    {
        await Database.DisposeAsync();
        await _test.DisposeAsync();
    }
}
