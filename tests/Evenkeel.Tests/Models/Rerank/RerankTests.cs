using Evenkeel.Models;
using Evenkeel.ScriptedModel;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Shouldly;
using Xunit;

namespace Evenkeel.Tests.Models.Rerank;

public sealed class RerankTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("cohere", "\"documents\":[\"the mast\"")]
    [InlineData("tei", "\"texts\":[\"the mast\"")]
    public async Task Each_passage_gets_its_own_score_in_either_shape(string api, string sent)
    {
        await using var harness = await ServiceHarness.StartAsync([("Rerank:Api", api), ("Rerank:BatchPassages", "3"), ("Rerank:PassageCharacters", "100")], "rerank");

        var scores = await harness.Reranking.ScoreAsync("how deep is the keel", ["the mast", "the keel is two metres deep", "weather", "keel", new('x', 200)], Ct);

        scores.Count.ShouldBe(5);
        scores[1].ShouldBe(scores.Max());
        scores[3].ShouldBeGreaterThan(scores[2]);
        harness.Server.Requests.Count.ShouldBe(2);
        harness.Server.Requests.ShouldContain(request => request.Body.Contains(sent, StringComparison.Ordinal));
        harness.Server.Requests.ShouldAllBe(request => request.Body.Length < 250);
    }

    [Theory]
    [InlineData("""{"results":[{"index":0,"relevance_score":0.5}]}""")]
    [InlineData("""{"results":[{"index":0,"relevance_score":0.5},{"index":0,"relevance_score":0.4}]}""")]
    [InlineData("""{"results":[{"index":0,"relevance_score":0.5},{"index":2,"relevance_score":0.4}]}""")]
    [InlineData("""{"results":[{"index":0,"relevance_score":0.5},{"index":-1,"relevance_score":0.4}]}""")]
    [InlineData("""{"results":[{"index":0,"relevance_score":0.5},{"index":1,"relevance_score":"NaN"}]}""")]
    [InlineData("""{"results":[{"index":0,"relevance_score":0.5},{"index":1,"relevance_score":1e999}]}""")]
    [InlineData("""[{"index":0,"score":0.5},{"index":1,"score":0.4}]""")]
    public async Task A_bad_answer_is_a_failure_and_never_an_order(string answer)
    {
        await using var harness = await ServiceHarness.StartAsync(endpoint: "rerank");
        harness.Play(new Behaviour { Text = answer });

        (await Should.ThrowAsync<ModelException>(() => harness.Reranking.ScoreAsync("keel", ["one", "two"], Ct))).Kind.ShouldBe(ModelFailureKind.InvalidResponse);
    }

    [Theory]
    [InlineData("Api", "jina", "Models__Rerank__Api is \"jina\"; it must be cohere (Cohere, Jina, vLLM, LiteLLM…) or tei (Text Embeddings Inference).")]
    [InlineData("Model", "", "Models__Rerank__Model is empty; name the rerank model")]
    [InlineData("TimeoutSeconds", "0", "Models__Rerank__TimeoutSeconds: The field TimeoutSeconds must be between 0.05 and 60.")]
    public void A_wrong_setting_is_refused_by_name(string key, string value, string message)
    {
        var settings = new Dictionary<string, string> { ["Rerank:Endpoint"] = "http://localhost/v1", ["Rerank:Model"] = "m", [$"Rerank:{key}"] = value };
        using var services = ChatModelHarness.Services(clock: null, [.. settings.Select(one => (one.Key, one.Value))]);

        Should.Throw<OptionsValidationException>(() => services.GetRequiredService<IOptions<RerankOptions>>().Value).Message.ShouldContain(message);
    }
}
