using System.Text.Json;
using Evenkeel.Contracts.Knowledge;
using Evenkeel.Knowledge.Embedding;
using Evenkeel.Models;
using Evenkeel.Platform.Background;
using Evenkeel.Platform.Data;
using Evenkeel.ScriptedModel;
using Evenkeel.Search.Vectors;
using Evenkeel.Tests.Harness;
using Evenkeel.Tests.Knowledge;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace Evenkeel.Tests.Search.Vectors;

/// <summary>From an uploaded document to what is found by meaning, through the queue, with a model server beside.</summary>
public sealed class VectorsOfDocumentsTests : IAsyncLifetime
{
    private const string Text = "# Boats\n\n## Keel\n\nThe keel is two metres deep.\n\n## Mast\n\nThe mast is twelve metres high.\n";

    private ScriptedModelServer _model = null!;
    private TestDatabase _database = null!;
    private TestServer _server = null!;
    private HttpClient _http = null!;
    private Guid _organization;
    private Guid _chatbot;
    private string _source = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _model = await ScriptedModelServer.StartAsync(new ScriptedModelOptions { EmbeddingDimensions = 64 }, Ct);
        _database = await TestServer.NewDatabaseAsync();
        _server = await StartAsync("first");
        var account = await _server.RegisterAsync();
        _http = account.Http;
        _organization = account.SignedIn.Organization.Id;
        _chatbot = (await _http.CreateChatbotAsync()).Id;
        _source = await _http.CreateSourceAsync(_chatbot);
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        await _database.DisposeAsync();
        await _model.DisposeAsync();
    }

    [Fact]
    public async Task A_document_is_found_by_meaning_soon_after_it_is_ready_and_the_same_text_is_embedded_once()
    {
        var first = await UploadAsync("a.md", Text);
        await EmbeddedAsync(first);
        var calls = CallsAbout("keel is two metres");

        var second = await UploadAsync("b.md", Text);
        await EmbeddedAsync(second);
        var answer = await FindAsync("how deep is the keel");

        calls.ShouldBe(1);
        CallsAbout("keel is two metres").ShouldBe(1);
        answer.PassagesWithVectors.ShouldBe(first.PassageCount + second.PassageCount);
        (await _http.GetAsync<JsonElement>($"/api/v1/passages/{answer.Hits[0].PassageId}")).ToString().ShouldContain("two metres deep");
    }

    [Fact]
    public async Task A_model_that_is_away_leaves_the_document_ready_and_its_vectors_are_made_when_it_is_back()
    {
        _model.Play("two metres", new Behaviour { Endpoint = "embeddings", Kind = BehaviourKind.ServerError, Times = 2 });

        var document = await UploadAsync("a.md", Text);

        document.Status.ShouldBe(DocumentStatus.Ready);
        await EmbeddedAsync(document);
        CallsAbout("keel is two metres").ShouldBe(3);
    }

    [Fact]
    public async Task Another_model_makes_all_vectors_anew_and_the_old_ones_are_forgotten_later()
    {
        var document = await UploadAsync("a.md", Text);
        await EmbeddedAsync(document);
        await _server.DisposeAsync();
        _server = await StartAsync("second");

        await Eventually.HoldAsync("vectors of the other model", async () => (await SpacesAsync(document.Id)).SequenceEqual(["second@64"]));
        (await ModelsOfVectorsAsync()).ShouldContain("first@64");
        await Eventually.HoldAsync("all documents have them", async () => await PendingAsync("second@64") == 0);
        await _server.Services.GetRequiredService<Database>().ExecuteAsync(
            DataScope.Organization(_organization), "UPDATE knowledge_vectors SET created_at = created_at - interval '2 days'", null, Ct);
        await Eventually.HoldAsync("the old ones are gone", async () =>
        {
            await ReembedAsync();
            return (await ModelsOfVectorsAsync()).SequenceEqual(["second@64"]);
        });
    }

    private Task<TestServer> StartAsync(string model) => TestServer.StartAsync(
        new()
        {
            ["Models:Embeddings:Endpoint"] = _model.OpenAiEndpoint.ToString(),
            ["Models:Embeddings:Model"] = model,
            ["Models:Embeddings:Dimensions"] = "64",
            ["Knowledge:Jobs:RetrySeconds"] = "0.01",
        },
        database: _database);

    private async Task<KnowledgeDocument> UploadAsync(string name, string text) =>
        (await (await _http.UploadAsync(_source, (name, text))).ReadAsync<UploadedDocuments>()).Items.Single().Document;

    private Task EmbeddedAsync(KnowledgeDocument document) => Eventually.HoldAsync(
        "every passage has a vector",
        async () => (await _http.GetAsync<KnowledgeDocument>($"{_source}/documents/{document.Id}")).EmbeddedPassages == document.PassageCount);

    private int CallsAbout(string text) => _model.Requests.Count(request => request.Path == "/v1/embeddings" && request.Body.Contains(text, StringComparison.Ordinal));

    private async Task<VectorAnswer> FindAsync(string question)
    {
        var vector = (await _server.Services.GetRequiredService<IEmbeddings>().EmbedAsync([question], Ct))[0];
        return await _server.Services.GetRequiredService<IVectorSearch>().FindAsync(_organization, _chatbot, vector, 5, Ct);
    }

    private Task<IReadOnlyList<string>> SpacesAsync(Guid document) => _server.Services.GetRequiredService<Database>().QueryAsync<string>(
        DataScope.Organization(_organization), "SELECT embedding_model FROM knowledge_documents WHERE id = @document AND embedded_passages = passage_count", new { document }, Ct);

    private Task<IReadOnlyList<string>> ModelsOfVectorsAsync() => _server.Services.GetRequiredService<Database>().QueryAsync<string>(
        DataScope.Organization(_organization), "SELECT DISTINCT model FROM knowledge_vectors ORDER BY model", null, Ct);

    private Task<int> PendingAsync(string space) => _server.Services.GetRequiredService<Database>().QueryFirstOrDefaultAsync<int>(
        DataScope.System, "SELECT count(*)::integer FROM knowledge_documents WHERE embedding_model IS DISTINCT FROM @space AND deleted_at IS NULL", new { space }, Ct);

    /// <summary>A loop of its own, which has not just looked.</summary>
    private async Task ReembedAsync()
    {
        using var loop = ActivatorUtilities.CreateInstance<ReembedKnowledge>(_server.Services);
        await ((BackgroundLoop)loop).RunOnceAsync(Ct);
    }
}
