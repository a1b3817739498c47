using System.Numerics.Tensors;
using Shouldly;
using Xunit;

namespace Evenkeel.Tests.Search.Vectors;

/// <summary>What every way of searching by vectors promises.</summary>
public abstract class VectorSearchConformance
{
    private protected abstract VectorWorld World { get; }

    [Fact]
    public async Task The_nearest_come_first_with_their_cosine()
    {
        var bot = await World.BotAsync();
        var passages = await World.WriteAsync(bot, Guid.CreateVersion7(), [.. Enumerable.Range(0, 60).Select(_ => World.Direction())]);
        var more = await World.WriteAsync(bot, Guid.CreateVersion7(), [.. Enumerable.Range(0, 60).Select(_ => World.Direction())]);
        var question = World.Direction();

        var answer = await World.FindAsync(bot, question, limit: 25);

        var expected = passages.Concat(more).Select(one => (Id: one.Key, Cosine: TensorPrimitives.Dot<float>(question, one.Value)))
            .OrderByDescending(one => one.Cosine).Take(25).ToList();
        answer.Hits.Select(hit => hit.PassageId).ShouldBe(expected.Select(one => one.Id));
        answer.Hits.Zip(expected).ShouldAllBe(pair => Math.Abs(pair.First.Similarity - pair.Second.Cosine) < 0.002);
        answer.PassagesWithVectors.ShouldBe(120);
        answer.Refusal.ShouldBeNull();
    }

    [Fact]
    public async Task What_is_deleted_or_replaced_is_not_found_any_more()
    {
        var bot = await World.BotAsync();
        var (kept, replaced, deleted) = (Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7());
        var question = World.Direction();
        var stays = await World.WriteAsync(bot, kept, World.Direction());
        await World.WriteAsync(bot, replaced, question, World.Direction());
        await World.WriteAsync(bot, deleted, question);
        (await World.FindAsync(bot, question)).Hits.Count.ShouldBe(4);

        var next = await World.WriteAsync(bot, replaced, World.Direction());
        await World.ChangeAsync(bot, "UPDATE knowledge_documents SET deleted_at = now() WHERE id = @id", deleted);
        var answer = await World.FindAsync(bot, question);
        await World.ChangeAsync(bot, "UPDATE knowledge_sources SET deleted_at = now() WHERE id = @id", bot.SourceId);
        var nothing = await World.FindAsync(bot, question);

        answer.Hits.Select(hit => hit.PassageId).ShouldBe([.. stays.Keys, .. next.Keys], ignoreOrder: true);
        answer.PassagesWithVectors.ShouldBe(2);
        nothing.Hits.ShouldBeEmpty();
        nothing.PassagesWithVectors.ShouldBe(0);
    }

    [Fact]
    public async Task Neither_another_tenant_nor_another_chatbot_is_searched_however_near_its_passages_are()
    {
        var question = World.Direction();
        var mine = await World.BotAsync();
        var own = await World.WriteAsync(mine, Guid.CreateVersion7(), World.Direction(), question);
        foreach (var other in (Bot[])[await World.BotAsync(mine.OrganizationId), await World.BotAsync()])
        {
            await World.WriteAsync(other, Guid.CreateVersion7(), [question, .. Enumerable.Range(0, 200).Select(_ => Near(question))]);
        }

        var answer = await World.FindAsync(mine, question);
        var stranger = await World.FindAsync(mine with { OrganizationId = Guid.CreateVersion7() }, question);

        answer.Hits.Select(hit => hit.PassageId).ShouldBe(own.Keys, ignoreOrder: true);
        answer.Hits[0].Similarity.ShouldBe(1, 0.002);
        stranger.Hits.ShouldBeEmpty();
        stranger.PassagesWithVectors.ShouldBe(0);
    }

    [Fact]
    public async Task Vectors_of_another_model_are_of_no_use_and_new_ones_are_seen()
    {
        var bot = await World.BotAsync();
        var (first, second) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        await World.WriteAsync(bot, first, World.Direction());
        await World.WriteAsync(bot, second, World.Direction());
        (await World.FindAsync(bot, World.Direction())).PassagesWithVectors.ShouldBe(2);

        World.Embeddings.Model = "two";
        var none = await World.FindAsync(bot, World.Direction());
        var again = await World.WriteAsync(bot, first, World.Direction());
        var some = await World.FindAsync(bot, World.Direction());

        none.Hits.ShouldBeEmpty();
        some.Hits.Select(hit => hit.PassageId).ShouldBe(again.Keys);
    }

    private float[] Near(float[] vector)
    {
        var other = World.Direction();
        TensorPrimitives.MultiplyAdd<float>(other, 0.05f, vector, other);
        TensorPrimitives.Divide(other, TensorPrimitives.Norm<float>(other), other);
        return other;
    }
}
