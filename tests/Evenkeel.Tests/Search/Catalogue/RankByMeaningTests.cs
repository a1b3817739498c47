using Evenkeel.Models;
using Evenkeel.Platform.Background;
using Evenkeel.Search.Catalogue.Meaning;
using Microsoft.Extensions.Logging.Abstractions;
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
        var conditions = await _world.ConditionsAsync(organization, "regatta dinner");
        var byWords = await _world.Postgres.SearchAsync(conditions, Ct);
        byWords.EventIds.ShouldBe([dry.Id, wet.Id]);
        await EmbedAsync();
        _model.Embedded.ShouldBe(2);

        var rank = new RankByMeaning(_world.Database, _model, NullLogger<RankByMeaning>.Instance);
        var byMeaning = await rank.RunAsync(organization, "regatta on the water", byWords, Ct);
        byMeaning.EventIds.ShouldBe([wet.Id, dry.Id]);
        (byMeaning.Scores[0], byMeaning.Total, byMeaning.Warnings.Count).ShouldBe((1f, 2, 0));
        (await rank.RunAsync(organization, "regatta on the water", byWords with { Upcoming = 1 }, Ct)).EventIds.ShouldBe([dry.Id, wet.Id], "what is over stays behind what is not");

        await _world.ChangeAsync(organization, "UPDATE catalogue_events SET starts_on = starts_on WHERE @id IS NOT NULL", wet.Id);
        await _world.ChangeAsync(organization, "DELETE FROM catalogue_events WHERE id = @id", dry.Id);
        await _world.Postgres.SearchAsync(conditions, Ct);
        await EmbedAsync();
        (_model.Embedded, await _world.WaitingAsync(organization, "event_vectors"), await _world.WaitingAsync(organization, "event_vector_changes")).ShouldBe((2, 1, 0));

        _model.IsAway = true;
        var without = await rank.RunAsync(organization, "regatta on the water", byWords, Ct);
        without.EventIds.ShouldBe(byWords.EventIds);
        without.Warnings.ShouldBe(["embeddings_failed"]);
    }

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
