using Evenkeel.Models;
using Evenkeel.Platform.Background;
using Evenkeel.Search;
using Evenkeel.Search.Catalogue;
using Evenkeel.Search.Catalogue.Meaning;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Shouldly;
using Xunit;

namespace Evenkeel.Tests.Search.Catalogue;

public sealed class RankByMeaningTests : IAsyncLifetime
{
    private readonly WaterModel _model = new();
    private EventWorld _world = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _world = await EventWorld.StartAsync(embeddings: _model);

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public async Task What_means_the_question_comes_first_unchanged_texts_are_embedded_once_and_an_outage_leaves_the_order_of_words()
    {
        var organization = Guid.CreateVersion7();
        var (dry, wet) = (new MadeEvent { Title = "Regatta dinner" }, new MadeEvent { Title = "Regatta", Description = "Boats on the water, and a dinner of sorts." });
        await _world.AddAsync(organization, dry, wet);
        var rank = NewRank();
        var conditions = await _world.ConditionsAsync(organization, "regatta dinner");
        var byWords = await _world.Postgres.SearchAsync(conditions, Ct);
        byWords.EventIds.ShouldBe([dry.Id, wet.Id]);
        await EmbedAsync();
        _model.Embedded.ShouldBe(2);

        var (question, _) = await rank.EmbedAsync("regatta on the water", Ct);
        var withVectors = await _world.Postgres.SearchAsync(conditions with { Meaning = question }, Ct);
        withVectors.Vectors!.Count.ShouldBe(2, "they come in the same round trip");
        foreach (var matches in new[] { withVectors, withVectors with { Vectors = null } })
        {
            var byMeaning = await rank.OrderAsync(organization, matches, question!, Ct);
            byMeaning.EventIds.ShouldBe([wet.Id, dry.Id]);
            (byMeaning.Scores[0], byMeaning.Total).ShouldBe((1f, 2));
        }
        var over = await rank.OrderAsync(organization, withVectors with { Upcoming = 1 }, question!, Ct);
        over.EventIds.ShouldBe([dry.Id, wet.Id], "what is over stays behind what is not");

        await _world.ChangeAsync(organization, "UPDATE catalogue_events SET starts_on = starts_on WHERE @id IS NOT NULL", wet.Id);
        await _world.ChangeAsync(organization, "DELETE FROM catalogue_events WHERE id = @id", dry.Id);
        await _world.Postgres.SearchAsync(conditions, Ct);
        await EmbedAsync();
        (_model.Embedded, await _world.WaitingAsync(organization, "event_vectors"), await _world.WaitingAsync(organization, "event_vector_changes")).ShouldBe((2, 1, 0));

        _model.IsAway = true;
        (await rank.EmbedAsync("regatta on the water", Ct)).ShouldBe((null, "embeddings_failed"));
    }

    [Fact]
    public async Task What_no_event_says_is_found_by_what_it_means_within_the_other_conditions_and_counts_less_than_words()
    {
        var organization = Guid.CreateVersion7();
        var (dry, wet) = (new MadeEvent { Title = "Chess" }, new MadeEvent { Title = "Boats", Description = "All on the water." });
        var late = new MadeEvent { Title = "Swimming", Description = "In the water.", StartsOn = EventWorld.Today.AddDays(100) };
        await _world.AddAsync(organization, dry, wet, late);
        await _world.AddAsync(Guid.CreateVersion7(), new MadeEvent { Title = "Another's", Description = "Boats on the water." });
        var conditions = await _world.ConditionsAsync(organization, "sailing");
        (await _world.Postgres.SearchAsync(conditions, Ct)).Total.ShouldBe(0);
        await EmbedAsync();
        var rank = NewRank();
        var (question, _) = await rank.EmbedAsync("sailing on the water", Ct);

        var found = await FindAsync(conditions with { Meaning = question });
        found.EventIds.ShouldBe([wet.Id, late.Id], "soonest first where both are as near");
        found.Scores.ShouldAllBe(score => score > 0.5f && score < 0.7f);
        found.Facets.Months.Count.ShouldBe(2);
        (await FindAsync(conditions with { Meaning = question, To = EventWorld.Today.AddDays(50) })).EventIds.ShouldBe([wet.Id]);
        (await FindAsync(conditions with { Meaning = question, OnlyEvents = [dry.Id] })).Total.ShouldBe(0);
        (await FindAsync(conditions with { Meaning = question! with { Space = "another@2" } })).Total.ShouldBe(0, "vectors of another model say nothing");
        var both = await FindAsync(await _world.ConditionsAsync(organization, "chess sailing") with { Meaning = question });
        both.EventIds.ShouldBe([dry.Id, wet.Id, late.Id], "what says one of the words comes before what only means it");

        async Task<EventMatches> FindAsync(EventConditions asked) =>
            await rank.OrderAsync(organization, await _world.Postgres.SearchAsync(asked, Ct), question!, Ct);
    }

    private RankByMeaning NewRank() => new(_world.Database, _model, Options.Create(new SearchOptions()), NullLogger<RankByMeaning>.Instance);

    private async Task EmbedAsync()
    {
        using var loop = new EmbedEvents(_world.Database, _model, _world.States, TimeProvider.System, NullLogger<EmbedEvents>.Instance);
        while (await ((BackgroundLoop)loop).RunOnceAsync(Ct))
        {
        }
    }

    /// <summary>Knows whether a text is about water.</summary>
    private sealed class WaterModel : IEmbeddings
    {
        public int Embedded { get; private set; }

        public bool IsAway { get; set; }

        public bool IsConfigured => true;

        public string Model => "water";

        public int Dimensions => 2;

        public string Space => "water@2";

        public Task<IReadOnlyList<float[]>> EmbedAsync(IReadOnlyList<string> texts, CancellationToken ct) => IsAway
            ? throw new ModelException(ModelFailureKind.Unavailable)
            : Task.FromResult<IReadOnlyList<float[]>>([.. texts.Select(text => text.Contains("water", StringComparison.Ordinal) ? new float[] { 1, 0 } : [0, 1])]);

        public Task<IReadOnlyList<float[]>> EmbedDocumentsAsync(IReadOnlyList<string> texts, CancellationToken ct)
        {
            Embedded += texts.Count;
            return EmbedAsync(texts, ct);
        }
    }
}
