using Evenkeel.Accounts;
using Evenkeel.Chatbots;
using Evenkeel.Knowledge;
using Evenkeel.Knowledge.Privacy;
using Evenkeel.Knowledge.Terms;
using Evenkeel.Platform.Data;
using Evenkeel.Platform.EmbeddedPostgres;
using Evenkeel.Realtime;
using Evenkeel.Search;
using Evenkeel.Search.Lexical;
using Evenkeel.Search.Pipeline;
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
    private readonly Dictionary<Guid, Guid> _sources = [];

    private KnowledgeBase(string folder, EmbeddedPostgresServer server)
    {
        (_folder, _server) = (folder, server);
        Database = new Database(new DatabaseConnection(server.ApplicationConnectionString, null, PooledTransactions: false));
        Normalizer = new TermNormalizer(Database);
    }

    public Database Database { get; }

    public TermNormalizer Normalizer { get; }

    public Guid OrganizationId { get; } = Guid.CreateVersion7();

    /// <summary>The ids passages got, with the keys of their texts.</summary>
    public Dictionary<Guid, string> Keys { get; } = [];

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
        new KnowledgeReader(Database, new StoredAnalysis(Database, new PassageAnalyzer(Normalizer))), new KnowledgeVersions(Database, TimeProvider.System),
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

    /// <summary>Stores a chatbot with one source and a document of one passage for each text.</summary>
    public async Task<Guid> StoreAsync(IReadOnlyList<CollectionText> texts)
    {
        var (chatbot, source) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        _sources[chatbot] = source;
        await using var connection = new NpgsqlConnection(_server.AdministratorConnectionString);
        await connection.OpenAsync();
        // The chatbot itself is of no interest here: foreign keys are not looked at.
        await ExecuteAsync(connection, "SET session_replication_role = replica");
        await ExecuteAsync(
            connection,
            """
            WITH source AS (
                INSERT INTO knowledge_sources (id, organization_id, chatbot_id, name, kind, created_at) VALUES ($1, $2, $3, 'bench', 'files', now()))
            INSERT INTO knowledge_versions (chatbot_id, organization_id, version) VALUES ($3, $2, 1)
            """,
            source, OrganizationId, chatbot);
        foreach (var some in texts.Chunk(BatchSize))
        {
            await StoreAsync(connection, chatbot, source, some);
        }

        await ExecuteAsync(connection, "ANALYZE knowledge_passages");
        await ExecuteAsync(connection, "ANALYZE knowledge_documents");
        return chatbot;
    }

    /// <summary>Stores a text as a new document in the place of some other, as an upload does.</summary>
    public async Task ReplaceOneAsync(Guid chatbot, CollectionText text)
    {
        await using var connection = new NpgsqlConnection(_server.AdministratorConnectionString);
        await connection.OpenAsync();
        await ExecuteAsync(connection, "SET session_replication_role = replica");
        await ExecuteAsync(
            connection,
            "UPDATE knowledge_documents SET deleted_at = now() WHERE id = (SELECT id FROM knowledge_documents WHERE chatbot_id = $1 ORDER BY id LIMIT 1)",
            chatbot);
        await StoreAsync(connection, chatbot, _sources[chatbot], [text]);
        await ExecuteAsync(connection, "UPDATE knowledge_versions SET version = version + 1 WHERE chatbot_id = $1", chatbot);
        // What this process remembers of the version is older than that.
        await Task.Delay(TimeSpan.FromSeconds(1.1));
    }

    public async ValueTask DisposeAsync()
    {
        await Database.DisposeAsync();
        await _server.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task StoreAsync(NpgsqlConnection connection, Guid chatbot, Guid source, CollectionText[] texts)
    {
        var analyzer = new PassageAnalyzer(Normalizer);
        var analyzed = new List<AnalyzedPassage>();
        foreach (var text in texts)
        {
            analyzed.AddRange(await analyzer.AnalyzeAsync(text.Title, [new PassageText([], text.Text)], CancellationToken.None));
        }

        var (documents, passages) = (Array.ConvertAll(texts, _ => Guid.CreateVersion7()), Array.ConvertAll(texts, _ => Guid.CreateVersion7()));
        for (var index = 0; index < texts.Length; index++)
        {
            Keys[passages[index]] = texts[index].Key;
        }

        await ExecuteAsync(
            connection,
            """
            WITH document AS (
                INSERT INTO knowledge_documents (id, organization_id, chatbot_id, source_id, title, file_name, language, status, bytes, passage_count,
                    revision, created_at, updated_at)
                SELECT document_id, $1, $2, $3, title, document_id::text, language, 'ready', length(text), 1, 1, now(), now()
                FROM unnest($4, $6, $7, $8) AS given (document_id, title, text, language))
            INSERT INTO knowledge_passages (id, organization_id, chatbot_id, document_id, revision, ordinal, heading_path, text, language, analysis)
            SELECT passage_id, $1, $2, document_id, 1, 0, '{}', text, language, analysis
            FROM unnest($4, $5, $7, $8, $9) AS given (document_id, passage_id, text, language, analysis)
            """,
            OrganizationId, chatbot, source, documents, passages, Array.ConvertAll(texts, text => text.Title), Array.ConvertAll(texts, text => text.Text),
            analyzed.ConvertAll(passage => passage.Language).ToArray(), analyzed.ConvertAll(passage => passage.Analysis).ToArray());
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, params object[] values)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        foreach (var value in values)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        }

        await command.ExecuteNonQueryAsync();
    }
}
