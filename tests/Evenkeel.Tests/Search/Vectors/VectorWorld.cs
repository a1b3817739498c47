using System.Numerics.Tensors;
using System.Security.Cryptography;
using Evenkeel.Knowledge;
using Evenkeel.Knowledge.Embedding;
using Evenkeel.Platform.Data;
using Evenkeel.Search.Vectors;
using Evenkeel.Tests.Models;
using Xunit;

namespace Evenkeel.Tests.Search.Vectors;

/// <summary>A chatbot of a tenant.</summary>
internal sealed record Bot(Guid OrganizationId, Guid Id, Guid SourceId);

/// <summary>Knowledge with vectors, written as the ingestion writes it, and one way of searching it.</summary>
internal sealed class VectorWorld(Database database)
{
    private readonly Random _random = new(7);

    public Database Database { get; } = database;

    public FixedEmbeddings Embeddings { get; } = new();

    public ManualClock Clock { get; } = new();

    public required Func<VectorWorld, IVectorSearch> Make { private get; init; }

    /// <summary>Carries what was written to where it is searched.</summary>
    public required Func<VectorWorld, Task> Settle { private get; init; }

    public IVectorSearch Search => field ??= Make(this);

    public KnowledgeVersions Versions => field ??= new KnowledgeVersions(Database, Clock);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async Task<VectorAnswer> FindAsync(Bot bot, float[] question, int limit = 10)
    {
        Clock.Advance(TimeSpan.FromSeconds(1)); // what another process has changed is looked for every second
        return await Search.FindAsync(bot.OrganizationId, bot.Id, question, limit, Ct);
    }

    public float[] Direction()
    {
        var vector = new float[FixedEmbeddings.Length];
        for (var place = 0; place < vector.Length; place++)
        {
            vector[place] = (float)_random.NextDouble() - 0.5f;
        }

        TensorPrimitives.Divide(vector, TensorPrimitives.Norm<float>(vector), vector);
        // As it comes back from storage, so that both ways of searching see the same numbers.
        PackedVector.TryUnpack(PackedVector.Pack(vector), vector);
        return vector;
    }

    public async Task<Bot> BotAsync(Guid? organization = null)
    {
        var bot = new Bot(organization ?? Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7());
        await ExecuteAsync(
            bot,
            """
            INSERT INTO chatbots (id, organization_id, name, slug, created_at, updated_at) VALUES (@Id, @OrganizationId, 'Bot', @Id::text, now(), now());
            INSERT INTO knowledge_sources (id, organization_id, chatbot_id, name, kind, created_at) VALUES (@SourceId, @OrganizationId, @Id, 'Source', 'text', now());
            """,
            new { bot.Id, bot.OrganizationId, bot.SourceId });
        return bot;
    }

    /// <summary>Writes a document, or its next revision, with one passage for each vector.</summary>
    /// <returns>Its passages, by their vectors.</returns>
    public async Task<Dictionary<Guid, float[]>> WriteAsync(Bot bot, Guid document, params IReadOnlyList<float[]> vectors)
    {
        var passages = vectors.ToDictionary(_ => Guid.CreateVersion7());
        await ExecuteAsync(
            bot,
            """
            INSERT INTO knowledge_documents AS known (id, organization_id, chatbot_id, source_id, title, file_name, language, status, bytes, passage_count, revision,
                embedding_model, embedded_passages, created_at, updated_at)
            VALUES (@document, @OrganizationId, @Id, @SourceId, 'Title', @document::text, 'en', 'ready', 1, @Count, 1, @Space, @Count, now(), now())
            ON CONFLICT (id) DO UPDATE SET revision = known.revision + 1, passage_count = @Count, embedded_passages = @Count, embedding_model = @Space;

            INSERT INTO knowledge_passages (id, organization_id, chatbot_id, document_id, revision, ordinal, heading_path, text, language, text_hash)
            SELECT passage.id, @OrganizationId, @Id, @document, document.revision, passage.ordinal, '{}', 'Text', 'en', passage.hash
            FROM unnest(@ids, @hashes) WITH ORDINALITY AS passage (id, hash, ordinal), knowledge_documents AS document WHERE document.id = @document;

            INSERT INTO knowledge_vectors (organization_id, model, text_hash, dimensions, vector)
            SELECT @OrganizationId, @Space, hash, @Dimensions, vector FROM unnest(@hashes, @packed) AS given (hash, vector) ON CONFLICT DO NOTHING;

            INSERT INTO knowledge_versions AS known (chatbot_id, organization_id, version, vectors) VALUES (@Id, @OrganizationId, 1, 1)
            ON CONFLICT (chatbot_id) DO UPDATE SET version = known.version + 1, vectors = known.vectors + 1;
            """,
            new
            {
                document, bot.OrganizationId, bot.Id, bot.SourceId, vectors.Count, Embeddings.Space, Embeddings.Dimensions,
                ids = passages.Keys.ToArray(),
                hashes = passages.Values.Select(vector => SHA256.HashData(PackedVector.Pack(vector))).ToArray(),
                packed = passages.Values.Select(vector => PackedVector.Pack(vector)).ToArray(),
            });
        await Settle(this);
        return passages;
    }

    /// <summary>Changes rows, as a request of a person does: the version rises in the same transaction.</summary>
    public Task ChangeAsync(Bot bot, string sql, Guid id) =>
        ExecuteAsync(bot, sql + "; UPDATE knowledge_versions SET version = version + 1 WHERE chatbot_id = @Bot", new { id, Bot = bot.Id });

    private Task ExecuteAsync(Bot bot, string sql, object args) => Database.ExecuteAsync(DataScope.Organization(bot.OrganizationId), sql, args, Ct);
}
