using System.Net;
using Evenkeel.Contracts.Knowledge;
using Evenkeel.ScriptedModel;
using Evenkeel.Search.Vectors;
using Evenkeel.Tests.Harness;
using Evenkeel.Tests.Knowledge;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace Evenkeel.Tests.Search;

/// <summary>The whole way of a question, with embedding and rerank endpoints that can fail.</summary>
public sealed class RetrievalTests : IAsyncLifetime
{
    private static readonly string[] Fates =
        ["used", "merged", "beyond_limit", "below_threshold", "duplicate", "other_language", "private_source", "deleted", "over_budget"];

    private readonly FixedVectors _vectors = new();
    private ScriptedModelServer _model = null!;
    private TestServer _server = null!;
    private TestAccount _account = null!;
    private Guid _chatbot;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _model = await ScriptedModelServer.StartAsync(ct: Cancelled);
        _server = await TestServer.StartAsync(
            new Dictionary<string, string?>
            {
                ["Models:Embeddings:Endpoint"] = _model.OpenAiEndpoint.ToString(), ["Models:Embeddings:Model"] = "scripted",
                ["Models:Rerank:Endpoint"] = _model.OpenAiEndpoint.ToString(), ["Models:Rerank:Model"] = "scripted",
            },
            services => services.AddSingleton<IVectorSearch>(_vectors));
        _account = await _server.RegisterAsync();
        _chatbot = (await _account.Http.CreateChatbotAsync()).Id;
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        await _model.DisposeAsync();
    }

    [Fact]
    public async Task Outages_of_models_leave_what_words_find_and_say_so()
    {
        var source = await _account.Http.CreateSourceAsync(_chatbot);
        await _account.Http.UploadedAsync(source, "a.md", "Marmalade is made of oranges.");
        await _account.Http.UploadedAsync(source, "b.md", "Juice is made of oranges.");

        var whole = await TryAsync("What is marmalade made of?");
        whole.Warnings.ShouldBe(["vectors_incomplete"]);
        whole.Steps.Select(step => step.Name).ShouldBe(["lexical", "vector", "fuse", "rerank", "filter", "compose"]);
        whole.Candidates[0].RerankRank.ShouldNotBeNull();

        _model.Play("", new Behaviour { Kind = BehaviourKind.ServerError, Endpoint = "embeddings" });
        _model.Play("", new Behaviour { Kind = BehaviourKind.ServerError, Endpoint = "rerank" });
        var degraded = await TryAsync("What is marmalade made of?");
        degraded.Warnings.ShouldBe(["embeddings_failed", "rerank_failed"]);
        degraded.IsAnswerable.ShouldBeTrue();
        degraded.Context[0].Text.ShouldContain("Marmalade");
    }

    [Fact]
    public async Task Every_candidate_has_a_fate_and_neighbours_duplicates_and_strangers_are_told_apart()
    {
        var source = await _account.Http.CreateSourceAsync(_chatbot);
        string Rest(string word) => string.Join(' ', Enumerable.Range(0, 160).Select(number => $"{word}{number}"));
        await _account.Http.UploadedAsync(source, "a.md", $"# Jam\n\n## Kinds\n\nMarmalade of oranges. {Rest("peel")}\n\nMarmalade of lemons. {Rest("pith")}");
        await _account.Http.UploadedAsync(source, "b.md", "Marmalade in the cellar of the house.");
        await _account.Http.UploadedAsync(source, "c.md", "Marmalade in the cellar of the house.");
        await _account.Http.UploadedAsync(source, "d.md", "The card of the marmalade is 4111 1111 1111 1111.");
        _vectors.Unknown = Guid.CreateVersion7();

        var trace = await TryAsync("marmalade");

        trace.Candidates.ShouldAllBe(candidate => Fates.Contains(candidate.Fate));
        trace.Candidates.Select(candidate => candidate.PassageId).ShouldBeUnique();
        trace.Candidates.Single(candidate => candidate.PassageId == _vectors.Unknown).Fate.ShouldBe("deleted");
        trace.Candidates.Count(candidate => candidate.Fate == "duplicate").ShouldBe(1);
        var merged = trace.Context.Single(passage => passage.PassageIds.Count == 2);
        merged.Text.IndexOf("oranges", StringComparison.Ordinal).ShouldBeLessThan(merged.Text.IndexOf("lemons", StringComparison.Ordinal));
        merged.HeadingPath.ShouldBe(["Kinds"]);
        trace.Candidates.Count(candidate => candidate.Fate == "merged").ShouldBe(1);
        trace.Context.SelectMany(passage => passage.PassageIds).Order()
            .ShouldBe(trace.Candidates.Where(candidate => candidate.Fate is "used" or "merged").Select(candidate => candidate.PassageId).Order());
        trace.Context.ShouldAllBe(passage => !passage.Text.Contains("4111"));
        trace.Candidates.Sum(candidate => candidate.Masked).ShouldBe(1);

        var strange = await TryAsync("How do submarines dive below marmalade glaciers in antarctic winter nights?");
        strange.IsAnswerable.ShouldBeFalse();
        strange.Context.ShouldBeEmpty();
        strange.Candidates.ShouldContain(candidate => candidate.Fate == "below_threshold" && candidate.FateValue > 0);
    }

    [Fact]
    public async Task Visitors_never_get_a_private_source_whichever_way_it_is_found()
    {
        var (open, secret) = (await _account.Http.CreateSourceAsync(_chatbot), await _account.Http.CreateSourceAsync(_chatbot));
        for (var number = 0; number < 12; number++)
        {
            await _account.Http.UploadedAsync(open, $"{number}.md", $"Marmalade of public jar w{number}.");
            await _account.Http.UploadedAsync(secret, $"{number}.md", $"Marmalade of secret jar w{number} marmalade.");
        }

        var before = await TryAsync("marmalade jar", "visitor");
        before.Context.ShouldContain(passage => passage.Text.Contains("secret"));
        (await _account.Http.PostRawAsync(HttpMethod.Patch, secret, """{"visibility":"private"}"""))
            .EnsureSuccessStatusCode();
        _vectors.Known = [.. before.Candidates.Select(candidate => candidate.PassageId)];

        foreach (var question in (string[])["marmalade jar", "secret marmalade", "w3 w4 w5 secret jar", "zebra"])
        {
            var trace = await TryAsync(question, "visitor");
            trace.Context.ShouldAllBe(passage => !passage.Text.Contains("secret"));
            trace.Candidates.Where(candidate => candidate.Snippet.Contains("secret")).ShouldAllBe(candidate => candidate.Fate == "private_source");
        }

        (await TryAsync("marmalade jar")).Context.ShouldContain(passage => passage.Text.Contains("secret"));
    }

    [Theory]
    [InlineData("Der Kiel hält die Boote aufrecht, auch wenn der Wind stark weht.", "Was hält ein Boot bei starken Winden aufrecht?")]
    [InlineData("Le bateau est tenu droit par sa quille dans les vents.", "Qu'est-ce qui tient les bateaux dans le vent ?")]
    [InlineData("La quilla mantiene derechos los barcos cuando hay vientos.", "¿Qué mantiene derecho el barco cuando hay viento?")]
    [InlineData("キールはボートを水の中でまっすぐに保ちます。", "ボートをまっすぐに保つのは何ですか？")]
    [InlineData("용골은 배를 물속에서 똑바로 유지한다.", "배를 똑바로 유지하는 것은 무엇인가?")]
    public async Task Questions_in_other_languages_find_their_passage_by_other_forms_of_its_words(string text, string question)
    {
        var source = await _account.Http.CreateSourceAsync(_chatbot);
        await _account.Http.UploadedAsync(source, "other.md", "The harbour master is in the house at the end of the quay.");
        await _account.Http.UploadedAsync(source, "a.md", text);

        var trace = await TryAsync(question);

        trace.Context[0].Text.ShouldBe(text);
        trace.IsAnswerable.ShouldBeTrue();
    }

    [Fact]
    public async Task A_question_is_checked_and_only_managers_try_one()
    {
        await (await _account.Http.PostAsync($"/api/v1/chatbots/{_chatbot}/retrieval", new TryQuestionRequest { Question = " " })).ShouldRefuseFieldAsync("question");
        await (await _account.Http.PostAsync($"/api/v1/chatbots/{_chatbot}/retrieval", new TryQuestionRequest { Question = "x", Audience = "y" }))
            .ShouldRefuseFieldAsync("audience");
        (await _server.Http.PostAsync($"/api/v1/chatbots/{_chatbot}/retrieval", new TryQuestionRequest { Question = "x" })).StatusCode
            .ShouldBe(HttpStatusCode.Unauthorized);
        var stranger = await _server.RegisterAsync();
        (await stranger.Http.PostAsync($"/api/v1/chatbots/{_chatbot}/retrieval", new TryQuestionRequest { Question = "x" })).StatusCode
            .ShouldBe(HttpStatusCode.NotFound);
    }

    private async Task<RetrievalTrace> TryAsync(string question, string? audience = null) =>
        await (await _account.Http.PostAsync($"/api/v1/chatbots/{_chatbot}/retrieval", new TryQuestionRequest { Question = question, Audience = audience }))
            .ReadAsync<RetrievalTrace>();

    /// <summary>Finds what it is told to, private or gone or not.</summary>
    private sealed class FixedVectors : IVectorSearch
    {
        public Guid? Unknown { get; set; }

        public IReadOnlyList<Guid> Known { get; set; } = [];

        public Task<VectorAnswer> FindAsync(Guid organizationId, Guid chatbotId, float[] question, int limit, CancellationToken ct) =>
            Task.FromResult(new VectorAnswer([.. Known.Concat(Unknown is { } id ? [id] : []).Select(found => new VectorHit(found, 0.9f))], 0));
    }
}
