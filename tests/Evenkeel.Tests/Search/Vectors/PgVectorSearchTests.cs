using System.Numerics.Tensors;
using Evenkeel.Platform.Background;
using Evenkeel.Platform.Data;
using Evenkeel.Search.Vectors;
using Evenkeel.Search.Vectors.Exact;
using Evenkeel.Search.Vectors.PgVector;
using Evenkeel.Tests.Harness;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Shouldly;
using Xunit;

namespace Evenkeel.Tests.Search.Vectors;

public sealed class PgVectorSearchTests : VectorSearchConformance, IClassFixture<PgVectorServer>, IAsyncDisposable
{
    private readonly VectorWorld _world;
    private int _mostCompared = 10_000;

    public PgVectorSearchTests(PgVectorServer server)
    {
        Assert.SkipUnless(PgVectorServer.IsInstalled, "the packages of tests/pgvector are not installed");
        _world = new VectorWorld(server.Open())
        {
            Make = world => new PgVectorSearch(world.Database, Table(world.Database, world.Embeddings), world.Embeddings) { MostCompared = _mostCompared },
            Settle = FillAsync,
        };
    }

    private protected override VectorWorld World => _world;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _world.Database.DisposeAsync();

    [Fact]
    public async Task The_index_finds_a_small_chatbots_passages_among_the_many_of_others()
    {
        _mostCompared = 0; // the index, where exact comparison would be the choice
        var (crowd, mine) = (await _world.BotAsync(), await _world.BotAsync());
        await _world.WriteAsync(crowd, Guid.CreateVersion7(), [.. Enumerable.Range(0, 1_500).Select(_ => _world.Direction())]);
        var own = await _world.WriteAsync(mine, Guid.CreateVersion7(), [.. Enumerable.Range(0, 60).Select(_ => _world.Direction())]);
        var found = 0;

        for (var number = 0; number < 20; number++)
        {
            var question = _world.Direction();
            var expected = own.OrderByDescending(one => TensorPrimitives.Dot<float>(question, one.Value)).Take(10).Select(one => one.Key);
            found += (await _world.FindAsync(mine, question)).Hits.Select(hit => hit.PassageId).Intersect(expected).Count();
        }

        found.ShouldBeGreaterThanOrEqualTo(190); // of 200
    }

    [Fact]
    public async Task Rows_of_what_is_not_live_go_from_the_table()
    {
        var bot = await _world.BotAsync();
        var document = Guid.CreateVersion7();
        var table = Table(_world.Database, _world.Embeddings).Name;
        await _world.WriteAsync(bot, document, _world.Direction(), _world.Direction());
        await _world.WriteAsync(bot, document, _world.Direction());

        var replaced = await CountAsync();
        await _world.ChangeAsync(bot, "UPDATE knowledge_documents SET deleted_at = now() WHERE id = @id", document);
        await FillAsync(_world);

        replaced.ShouldBe(1);
        (await CountAsync()).ShouldBe(0);

        Task<int> CountAsync() => _world.Database.QueryFirstOrDefaultAsync<int>(
            DataScope.Organization(bot.OrganizationId), $"SELECT count(*)::integer FROM {table} WHERE document_id = @document", new { document }, Ct);
    }

    [Fact]
    public async Task A_database_without_it_is_searched_exactly_unless_it_has_to_be_pgvector()
    {
        await using var test = await TestServer.NewDatabaseAsync();
        await using var database = new Database(new DatabaseConnection(test.OwnerConnectionString, null, PooledTransactions: false));

        (await Chosen(database, VectorOptions.Auto).IsPgVectorAsync(Ct)).ShouldBeFalse();
        var failure = await Should.ThrowAsync<VectorsUnavailableException>(async () => await Chosen(database, VectorOptions.PgVector).IsPgVectorAsync(Ct));

        failure.Message.ShouldBe("Search__Vectors is pgvector. This PostgreSQL does not have pgvector. Or set it to auto.");
        (await Chosen(_world.Database, VectorOptions.Auto).IsPgVectorAsync(Ct)).ShouldBeTrue();
        (await Chosen(_world.Database, VectorOptions.Exact).IsPgVectorAsync(Ct)).ShouldBeFalse();
    }

    private static PgVectorTable Table(Database database, FixedEmbeddings embeddings) => new(database, embeddings);

    private static ChosenVectorSearch Chosen(Database database, string setting)
    {
        var (options, embeddings) = (Options.Create(new VectorOptions { Vectors = setting }), new FixedEmbeddings());
        return new ChosenVectorSearch(
            new ExactVectorSearch(
                new ReadVectors(database), new VectorMemory(options, TimeProvider.System), new Evenkeel.Knowledge.KnowledgeVersions(database, TimeProvider.System), embeddings,
                TimeProvider.System, NullLogger<ExactVectorSearch>.Instance),
            new PgVectorSearch(database, Table(database, embeddings), embeddings), Table(database, embeddings), embeddings, options,
            NullLogger<ChosenVectorSearch>.Instance);
    }

    private static async Task FillAsync(VectorWorld world)
    {
        var fill = new FillVectorTable(
            world.Database, Table(world.Database, world.Embeddings), Chosen(world.Database, VectorOptions.PgVector), world.Embeddings, TimeProvider.System,
            NullLogger<FillVectorTable>.Instance);
        while (await ((BackgroundLoop)fill).RunOnceAsync(Ct))
        {
        }
    }
}
