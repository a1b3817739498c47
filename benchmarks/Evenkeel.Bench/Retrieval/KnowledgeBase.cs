using Evenkeel.Accounts;
using Evenkeel.Chatbots;
using Evenkeel.Knowledge;
using Evenkeel.Knowledge.Ingestion;
using Evenkeel.Knowledge.Privacy;
using Evenkeel.Knowledge.Terms;
using Evenkeel.Platform.Data;
using Evenkeel.Platform.EmbeddedPostgres;
using Evenkeel.Realtime;
using Evenkeel.Search;
using Evenkeel.Search.Lexical;
using Evenkeel.Search.Pipeline;
using Evenkeel.Tests.Search;
using Evenkeel.Timeline;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Evenkeel.Bench.Retrieval;

/// <summary>The server's own database with documents in it, and its search over them.</summary>
internal sealed class KnowledgeBase : IAsyncDisposable
{
    private const int BatchSize = 500;

    private readonly string _folder;
    private readonly EmbeddedPostgresServer _server;
    private readonly Dictionary<Guid, StoreTarget> _targets = [];
    private readonly PassageAnalyzer _analyzer;
    private readonly StoreTexts _store;

    private KnowledgeBase(string folder, EmbeddedPostgresServer server)
    {
        (_folder, _server) = (folder, server);
        Database = new Database(new DatabaseConnection(server.ApplicationConnectionString, null, PooledTransactions: false));
        Normalizer = new TermNormalizer(Database);
        _analyzer = new PassageAnalyzer(Normalizer);
        _store = new StoreTexts(Database, _analyzer);
    }

    public Database Database { get; }

    public TermNormalizer Normalizer { get; }

    public Guid OrganizationId { get; } = Guid.CreateVersion7();

    /// <summary>The ids documents got, with the keys of their texts.</summary>
    public IReadOnlyDictionary<Guid, string> Keys => _store.Keys;

    private DataScope Scope => DataScope.Organization(OrganizationId);

    public static async Task<KnowledgeBase> StartAsync(string results)
    {
        var folder = Path.Combine(results, $"data-{Environment.ProcessId}-retrieval");
        Directory.CreateDirectory(folder);
        var server = await EmbeddedPostgresServer.StartAsync(
            new EmbeddedPostgresOptions { DataDirectory = folder }, NullLogger.Instance, TimeProvider.System, CancellationToken.None);
        var migrations = MigrationFiles.In(
            typeof(Database).Assembly, typeof(AccountsModule).Assembly, typeof(RealtimeModule).Assembly, typeof(TimelineModule).Assembly,
            typeof(ChatbotsModule).Assembly, typeof(KnowledgeModule).Assembly);
        await new Migrator(server.OwnerConnectionString, ExternalPostgres.ApplicationRole, NullLogger.Instance)
            .RunAsync(migrations, grantToApplicationRole: true, CancellationToken.None);
        return new KnowledgeBase(folder, server);
    }

    /// <summary>A new index holder over the same database: a server just started.</summary>
    public PassageIndexes Indexes(RankingWeights weights) => new(
        new KnowledgeReader(Database, new StoredAnalysis(Database, _analyzer)), new KnowledgeVersions(Database, TimeProvider.System),
        Options.Create(new SearchOptions { IndexMegabytes = 4_096 }), TimeProvider.System, NullLogger<PassageIndexes>.Instance) { Weights = weights };

    /// <summary>The whole search over such indexes.</summary>
    public PassageSearch Search(PassageIndexes indexes)
    {
        var masking = new PersonalDataMasking();
        var none = new WithoutModels();
        var steps = new SearchSteps(
            new QuestionAnalyzer(Normalizer), new FindCandidates(none, none), new ReadCandidates(Database), new RerankCandidates(none, masking),
            new ComposeContext(masking), new WriteTrace(masking, Normalizer));
        return new PassageSearch(steps, indexes, Options.Create(new SearchOptions()), TimeProvider.System);
    }

    /// <summary>Stores a chatbot with one source and a document of one passage for each text, in batches as ingestion does.</summary>
    public async Task<Guid> StoreAsync(IReadOnlyList<CollectionText> texts)
    {
        var target = new StoreTarget(OrganizationId, Guid.CreateVersion7(), Guid.CreateVersion7());
        _targets[target.ChatbotId] = target;
        await Database.ExecuteAsync(
            Scope,
            """
            INSERT INTO chatbots (id, organization_id, name, slug, created_at, updated_at)
            VALUES (@ChatbotId, @OrganizationId, 'bench', @ChatbotId::text, now(), now());
            INSERT INTO knowledge_sources (id, organization_id, chatbot_id, name, kind, created_at)
            VALUES (@SourceId, @OrganizationId, @ChatbotId, 'bench', 'files', now())
            """,
            target,
            CancellationToken.None);
        foreach (var some in texts.Chunk(BatchSize))
        {
            await _store.RunAsync(target, some, replaced: null);
        }

        // What autovacuum does a minute later.
        await using var connection = new NpgsqlConnection(_server.AdministratorConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand("ANALYZE knowledge_passages, knowledge_documents", connection);
        await command.ExecuteNonQueryAsync();
        return target.ChatbotId;
    }

    /// <summary>Stores a text as a new document in the place of some other, as an upload does.</summary>
    public async Task ReplaceOneAsync(Guid chatbot, CollectionText text)
    {
        var first = await Database.QueryFirstOrDefaultAsync<Guid>(
            Scope, "SELECT id FROM knowledge_documents WHERE chatbot_id = @chatbot ORDER BY id LIMIT 1", new { chatbot }, CancellationToken.None);
        await _store.RunAsync(_targets[chatbot], [text], first);
        // What this process remembers of the version is older than that.
        await Task.Delay(TimeSpan.FromSeconds(1.1));
    }

    public async ValueTask DisposeAsync()
    {
        await Database.DisposeAsync();
        await _server.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
