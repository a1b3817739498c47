using System.Diagnostics;
using System.Numerics.Tensors;
using Evenkeel.Platform.Data;
using Evenkeel.Search.Vectors;
using Evenkeel.Search.Vectors.Exact;
using Evenkeel.Tests.Harness;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Shouldly;
using Xunit;

namespace Evenkeel.Tests.Search.Vectors;

public sealed class ExactVectorSearchTests : VectorSearchConformance, IAsyncLifetime
{
    private TestDatabase _test = null!;
    private VectorWorld _world = null!;
    private VectorMemory _memory = null!;

    private protected override VectorWorld World => _world;

    public async ValueTask InitializeAsync()
    {
        _test = await TestServer.NewDatabaseAsync();
        _world = new VectorWorld(new Database(new DatabaseConnection(_test.ApplicationConnectionString, null, PooledTransactions: false)))
        {
            Make = world =>
            {
                _memory = new VectorMemory(Options.Create(new VectorOptions { VectorMegabytes = 1 }), world.Clock);
                return new ExactVectorSearch(
                    new ReadVectors(world.Database), _memory, world.Versions, world.Embeddings, world.Clock, NullLogger<ExactVectorSearch>.Instance);
            },
            Settle = _ => Task.CompletedTask,
        };
    }

    public async ValueTask DisposeAsync()
    {
        await _world.Database.DisposeAsync();
        await _test.DisposeAsync();
    }

    [Fact]
    public async Task The_memory_is_bounded_and_who_was_asked_least_recently_makes_room()
    {
        // 64 bytes of vector and 16 of id: two chatbots of 8,000 passages are more than a megabyte.
        var bots = new List<Bot>();
        for (var number = 0; number < 3; number++)
        {
            bots.Add(await _world.BotAsync());
            await _world.WriteAsync(bots[^1], Guid.CreateVersion7(), [.. Enumerable.Range(0, 8_000).Select(_ => _world.Direction())]);
            (await _world.FindAsync(bots[^1], _world.Direction())).Hits.Count.ShouldBe(10);
        }

        _memory.Bytes.ShouldBeInRange(8_000 * 80, 1024 * 1024);
        (await _world.FindAsync(bots[0], _world.Direction())).Hits.Count.ShouldBe(10);
    }

    [Fact]
    public async Task A_chatbot_that_has_more_than_may_be_held_is_refused_and_told_so()
    {
        var bot = await _world.BotAsync();
        await _world.WriteAsync(bot, Guid.CreateVersion7(), [.. Enumerable.Range(0, 17_000).Select(_ => _world.Direction())]);

        var answer = await _world.FindAsync(bot, _world.Direction());

        answer.Refusal.ShouldBe(VectorAnswer.TooLarge);
        answer.PassagesWithVectors.ShouldBe(17_000);
        answer.Hits.ShouldBeEmpty();
    }

    [Fact]
    public async Task Only_documents_that_have_changed_are_read_again()
    {
        var bot = await _world.BotAsync();
        var (same, changed) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        await _world.WriteAsync(bot, same, _world.Direction());
        await _world.WriteAsync(bot, changed, _world.Direction());
        await _world.FindAsync(bot, _world.Direction());
        var known = _memory.Use(bot.OrganizationId, bot.Id).Vectors.ShouldNotBeNull();

        await _world.WriteAsync(bot, changed, _world.Direction());
        await _world.FindAsync(bot, _world.Direction());

        var now = _memory.Use(bot.OrganizationId, bot.Id).Vectors.ShouldNotBeNull();
        now.Documents.Single(document => document.DocumentId == same).ShouldBeSameAs(known.Documents.Single(document => document.DocumentId == same));
        now.Documents.Single(document => document.DocumentId == changed).Revision.ShouldBe(2);
    }

    /// <summary>Prints figures; run it by name.</summary>
    [Fact(Explicit = true)]
    public void Comparisons_per_second_beside_a_bare_loop()
    {
        const int length = 1024;
        const int passages = 20_000;
        var random = new Random(1);
        var numbers = new float[passages * length];
        foreach (ref var number in numbers.AsSpan())
        {
            number = (float)random.NextDouble() - 0.5f;
        }

        var document = new DocumentVectors(Guid.Empty, 1, passages, [.. Enumerable.Range(0, passages).Select(_ => Guid.CreateVersion7())], numbers);
        var vectors = new ChatbotVectors(default, [document]);
        for (var round = 0; round < 5; round++)
        {
            var sum = 0f;
            var bare = Measure(() =>
            {
                for (var place = 0; place < passages; place++)
                {
                    sum += TensorPrimitives.Dot<float>(numbers.AsSpan(0, length), numbers.AsSpan(place * length, length));
                }
            });
            var own = Measure(() => vectors.Find(numbers.AsSpan(0, length), 50));
            TestContext.Current.TestOutputHelper!.WriteLine($"bare {bare:N0}/s, search {own:N0}/s ({own / bare:P0}), {sum}");
        }

        static double Measure(Action action)
        {
            var begin = Stopwatch.GetTimestamp();
            for (var repeat = 0; repeat < 5; repeat++)
            {
                action();
            }

            return 5 * passages / Stopwatch.GetElapsedTime(begin).TotalSeconds;
        }
    }
}
