using System.Numerics.Tensors;
using Evenkeel.Models;
using Evenkeel.ScriptedModel;
using Evenkeel.Tests.Models.Rerank;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Shouldly;
using Xunit;

namespace Evenkeel.Tests.Models.Embeddings;

public sealed class EmbeddingsTests
{
    private static readonly (string, string)[] Small = [("Embeddings:BatchTexts", "2"), ("Embeddings:BatchCharacters", "1000"), ("Embeddings:TextCharacters", "600")];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Passages_go_out_in_bounded_batches_and_come_back_in_their_order_as_unit_vectors()
    {
        await using var harness = await ServiceHarness.StartAsync([.. Small, ("Embeddings:Dimensions", "64")]);
        string[] texts = ["a keel", "a mast", "a hull", new('x', 900), "sails"];

        var vectors = await harness.Embeddings.EmbedDocumentsAsync(texts, Ct);

        // Two by number, then one that is cut to 600 characters and joined by what fits in.
        harness.Server.Requests.Count.ShouldBe(3);
        harness.Server.Requests.ShouldAllBe(request => request.Body.Length < 1200);
        harness.Server.Requests.ShouldAllBe(request => request.Body.Contains("\"dimensions\":64", StringComparison.Ordinal));
        vectors.ShouldAllBe(vector => vector.Length == 64 && Math.Abs(TensorPrimitives.Norm<float>(vector) - 1) < 1e-5);
        foreach (var (text, vector) in texts.Zip(vectors).Where(pair => pair.First.Length < 600))
        {
            var again = (await harness.Embeddings.EmbedAsync([text], Ct))[0];
            TensorPrimitives.Dot<float>(vector, again).ShouldBe(1f, 1e-5);
        }
    }

    [Fact]
    public async Task Without_a_configured_length_the_first_answer_tells_it()
    {
        await using var harness = await ServiceHarness.StartAsync([("Embeddings:QuestionPrefix", "query: ")]);
        harness.Embeddings.Space.ShouldBe("");

        await harness.Embeddings.EmbedAsync(["a keel"], Ct);

        harness.Embeddings.Dimensions.ShouldBe(256);
        harness.Embeddings.Space.ShouldStartWith("scripted@256#");
        harness.Server.Requests[0].Body.ShouldContain("query: a keel");
        harness.Server.Requests[0].Body.ShouldNotContain("dimensions");
        harness.Play(new Behaviour { Dimensions = 128 });
        (await Should.ThrowAsync<ModelException>(() => harness.Embeddings.EmbedAsync(["a keel"], Ct))).Misfit!.ShouldContain("Models__Embeddings__Dimensions");
    }

    [Fact]
    public async Task A_model_that_has_one_length_only_is_not_asked_for_it_again()
    {
        await using var harness = await ServiceHarness.StartAsync([("Embeddings:Dimensions", "256")]);
        harness.Play(new Behaviour { Kind = BehaviourKind.ServerError, Status = 400, Times = 1 });

        (await harness.Embeddings.EmbedAsync(["a keel"], Ct))[0].Length.ShouldBe(256);
        await harness.Embeddings.EmbedAsync(["a mast"], Ct);

        harness.Server.Requests.Select(request => request.Body.Contains("dimensions", StringComparison.Ordinal)).ShouldBe([true, false, false]);
    }

    [Theory]
    [InlineData("""{"model":"scripted","data":[{"index":0,"embedding":[0,0,0]}]}""", "Models__Embeddings__Model")]
    [InlineData("""{"model":"scripted","data":[{"index":0,"embedding":[1,2]}]}""", "Models__Embeddings__Dimensions to 2")]
    [InlineData("""{"model":"another","data":[{"index":0,"embedding":[1,2,3]}]}""", "Models__Embeddings__Model")]
    [InlineData("""{"data":[{"index":0,"embedding":[1,2,1e999]}]}""", "Models__Embeddings__Model")]
    [InlineData("""{"data":[{"index":0,"embedding":["NaN",2,3]}]}""", null)]
    [InlineData("""{"data":[{"index":1,"embedding":[1,2,3]}]}""", null)]
    [InlineData("""{"data":[{"index":0,"embedding":[1,2,3]},{"index":0,"embedding":[1,2,3]}]}""", null)]
    [InlineData("""{"data":[]}""", null)]
    [InlineData("""[]""", null)]
    [InlineData("""<html>""", null)]
    public async Task What_is_no_vector_of_that_model_is_a_failure_that_names_the_setting(string answer, string? named)
    {
        await using var harness = await ServiceHarness.StartAsync([("Embeddings:Dimensions", "3")]);
        harness.Play(new Behaviour { Text = answer });

        var failure = await Should.ThrowAsync<ModelException>(() => harness.Embeddings.EmbedAsync(["a keel"], Ct));

        failure.Kind.ShouldBe(ModelFailureKind.InvalidResponse);
        (failure.Misfit ?? "").ShouldContain(named ?? "");
        (failure.Misfit is null).ShouldBe(named is null);
    }

    [Theory]
    [InlineData("owner/scripted")]
    [InlineData("scripted:latest")]
    [InlineData("Scripted-v2")]
    public async Task A_name_that_only_its_server_writes_otherwise_is_the_same_model(string name)
    {
        await using var harness = await ServiceHarness.StartAsync();
        harness.Play(new Behaviour { Text = $$"""{"model":"{{name}}","data":[{"index":0,"embedding":"AACAPwAAAAAAAAAA"}]}""" });

        (await harness.Embeddings.EmbedAsync(["a keel"], Ct))[0].ShouldBe([1f, 0f, 0f]);
    }

    [Fact]
    public async Task One_batch_that_fails_fails_all_of_them()
    {
        await using var harness = await ServiceHarness.StartAsync(Small);
        harness.Play(new Behaviour { Kind = BehaviourKind.ServerError }, match: "mast");

        (await Should.ThrowAsync<ModelException>(() => harness.Embeddings.EmbedDocumentsAsync(["keel", "hull", "mast", "sail"], Ct))).HttpStatus.ShouldBe(500);
    }

    [Theory]
    [InlineData("Endpoint", "localhost", "Models__Embeddings__Endpoint must be an absolute http or https address")]
    [InlineData("Endpoint", "http://me:secret@host/v1", "use Models__Embeddings__ApiKey")]
    [InlineData("Model", "", "Models__Embeddings__Model is empty")]
    [InlineData("Dimensions", "-1", "Models__Embeddings__Dimensions: The field Dimensions must be between 0 and 4000.")]
    [InlineData("Endpoint", "", "Models__Embeddings__Endpoint is empty, but other settings of Models__Embeddings__ are not")]
    public void A_wrong_setting_is_refused_by_name(string key, string value, string message)
    {
        var settings = new Dictionary<string, string> { ["Embeddings:Endpoint"] = "http://localhost/v1", ["Embeddings:Model"] = "m", [$"Embeddings:{key}"] = value };
        using var services = ChatModelHarness.Services(clock: null, [.. settings.Select(one => (one.Key, one.Value))]);

        var failure = Should.Throw<OptionsValidationException>(() => services.GetRequiredService<IOptions<EmbeddingsOptions>>().Value);

        failure.Message.ShouldContain(message);
        failure.Message.ShouldNotContain("secret");
    }
}
