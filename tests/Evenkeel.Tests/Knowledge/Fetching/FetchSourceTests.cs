using System.Net;
using Evenkeel.Contracts.Chats;
using Evenkeel.Contracts.Knowledge;
using Evenkeel.Knowledge;
using Evenkeel.Knowledge.Fetching;
using Evenkeel.Platform.Outgoing;
using Evenkeel.Tests.Harness;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;
using Shouldly;
using Xunit;

namespace Evenkeel.Tests.Knowledge.Fetching;

/// <summary>A web source from its address to passages, and what becomes of them when the site changes.</summary>
public sealed class FetchSourceTests(FetchingServer fixture) : IClassFixture<FetchingServer>, IAsyncLifetime
{
    private ScriptedSite _site = null!;
    private string _root = null!;
    private string _address = null!;
    private HttpClient _http = null!;
    private Guid _chatbot;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _site = await ScriptedSite.StartAsync();
        (_root, _address) = fixture.Serve(_site);
        _http = (await fixture.Server.RegisterAsync()).Http;
        _chatbot = (await _http.CreateChatbotAsync()).Id;
    }

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    [Fact]
    public async Task The_pages_of_a_site_become_documents_with_their_addresses()
    {
        _site.Page("/docs/", Html("Welcome", "Here is all there is to know.", "holidays", "prices.md"))
            .Page("/docs/holidays", Html("Holidays", "Everybody has thirty days a year."))
            .Page("/docs/prices.md", "# Prices\n\nApples cost two.", "text/markdown");

        var source = await CreateAsync(new WebSourceRequest { Url = $"{_root}/docs/", Mode = "crawl", MaxPages = 10, RefreshHours = 24 });

        source.Name.ShouldBe($"{_root}/docs/");
        var fetched = await SettledAsync(source.Id);
        (fetched.Web!.Status, fetched.Web.Reason, fetched.Documents).ShouldBe(("fetched", null, new DocumentCounts(3, 0, 0, 0)));
        (fetched.Web.NextFetchAt - fetched.Web.FetchedAt).ShouldNotBeNull().ShouldBeInRange(TimeSpan.FromHours(22), TimeSpan.FromHours(26));
        var documents = await DocumentsAsync(source.Id);
        documents.Select(document => (document.Url, document.Title)).ShouldBe(
            [($"{_root}/docs/", "Welcome"), ($"{_root}/docs/holidays", "Holidays"), ($"{_root}/docs/prices.md", "Prices")], ignoreOrder: true);
        var passage = (await PassagesAsync(source.Id, "holidays")).ShouldHaveSingleItem();
        passage.Text.ShouldContain("thirty days");
        var found = await (await _http.PostAsync($"/api/v1/chatbots/{_chatbot}/retrieval", new TryQuestionRequest { Question = "How many days a year has everybody?" }))
            .ReadAsync<RetrievalTrace>();
        found.Candidates[0].PassageId.ShouldBe(passage.Id);
        passage.Url.ShouldNotBeNull().ShouldStartWith($"{_root}/docs/holidays");
    }

    [Fact]
    public async Task A_refresh_reads_what_changed_and_removes_what_is_gone()
    {
        _site.Page("/", Html("Start", "Nothing here.", "same", "changed", "gone", "unlinked")).Page("/same", Html("Same", "As ever."))
            .Page("/changed", Html("Changed", "Apples cost two.")).Page("/gone", Html("Gone", "Here today.")).Page("/unlinked", Html("Unlinked", "Hidden."));
        var source = await CreateAsync(Crawl());
        (await SettledAsync(source.Id)).Documents.Ready.ShouldBe(5);
        var same = (await PassagesAsync(source.Id, "same")).ShouldHaveSingleItem().Id;

        _site.Page("/", Html("Start", "Nothing here.", "same", "changed", "gone")).Page("/changed", Html("Changed", "Apples cost three.")).Status("/gone", 410);
        var again = await RefreshAsync(source.Id);

        (again.Web!.Status, again.Documents).ShouldBe(("fetched", new DocumentCounts(3, 0, 0, 0)));
        (await PassagesAsync(source.Id, "same")).ShouldHaveSingleItem().Id.ShouldBe(same);
        (await PassagesAsync(source.Id, "changed")).ShouldHaveSingleItem().Text.ShouldContain("three");
        (await DocumentsAsync(source.Id)).Select(document => new Uri(document.Url!).AbsolutePath).ShouldBe(["/", "/same", "/changed"], ignoreOrder: true);
    }

    [Fact]
    public async Task While_the_site_is_down_answers_go_on_and_the_source_says_why()
    {
        _site.Page("/", Html("Start", "Apples cost two."));
        var source = await CreateAsync(Crawl());
        await SettledAsync(source.Id);

        // The site with all its connections.
        fixture.Network.GoDown(_address);
        await _site.DisposeAsync();
        var failed = await RefreshAsync(source.Id);
        var passages = await PassagesAsync(source.Id, "");

        (failed.Web!.Status, failed.Web.Reason!.Code, failed.Documents.Ready).ShouldBe(("failed", KnowledgeReasons.Unreachable, 1));
        failed.Web.NextFetchAt.ShouldBeNull();
        passages.ShouldHaveSingleItem().Text.ShouldContain("Apples");
    }

    [Fact]
    public async Task A_page_that_fails_is_a_failed_document_that_answers_until_it_is_back()
    {
        _site.Page("/", Html("Start", "Nothing here.", "shop", "never")).Page("/shop", Html("Shop", "Apples cost two.")).Status("/never", StatusCodes.Status403Forbidden);
        var source = await CreateAsync(Crawl());
        (await SettledAsync(source.Id)).Documents.ShouldBe(new DocumentCounts(2, 0, 1, 0));
        var never = (await DocumentsAsync(source.Id)).Single(document => document.Status == "failed");
        (never.Url, never.Reason!.Code).ShouldBe(($"{_root}/never", KnowledgeReasons.HttpError));

        _site.Status("/shop", StatusCodes.Status403Forbidden);
        await RefreshAsync(source.Id);
        var shop = (await DocumentsAsync(source.Id)).Single(document => document.Url!.EndsWith("/shop", StringComparison.Ordinal));
        (shop.Status, shop.Reason?.Code).ShouldBe(("failed", KnowledgeReasons.HttpError));
        var passage = (await PassagesAsync(source.Id, "shop")).ShouldHaveSingleItem();

        _site.Page("/shop", Html("Shop", "Apples cost two.")).Page("/never", Html("Never", "After all."));
        (await RefreshAsync(source.Id)).Documents.ShouldBe(new DocumentCounts(3, 0, 0, 0));
        (await PassagesAsync(source.Id, "shop")).ShouldHaveSingleItem().Id.ShouldBe(passage.Id);
    }

    [Theory]
    [InlineData("http://169.254.169.254/latest/meta-data", "page", KnowledgeReasons.ForbiddenAddress)]
    [InlineData("http://localhost:5432/", "page", KnowledgeReasons.ForbiddenAddress)]
    [InlineData("http://site.test/inside", "crawl", KnowledgeReasons.ForbiddenAddress)]
    [InlineData("http://site.test/private/", "crawl", KnowledgeReasons.Robots)]
    [InlineData("http://site.test/missing", "page", KnowledgeReasons.PageGone)]
    [InlineData("http://site.test/map.xml", "sitemap", KnowledgeReasons.NoPages)]
    public async Task A_source_that_may_not_be_fetched_says_why_in_the_language_of_the_reader(string url, string mode, string reason)
    {
        fixture.Network.Name("localhost", ["127.0.0.1"]);
        _site.On("/robots.txt", context => context.Response.WriteAsync("User-agent: *\nDisallow: /private/"))
            .Redirect("/inside", "http://10.0.0.1/").Page("/map.xml", "<urlset/>", "application/xml");

        var source = await SettledAsync((await CreateAsync(new WebSourceRequest { Url = url.Replace("http://site.test", _root, StringComparison.Ordinal), Mode = mode, RefreshHours = 1 })).Id);

        (source.Web!.Status, source.Web.Reason!.Code, source.DocumentCount).ShouldBe(("failed", reason, 0));
        source.Web.Reason.Message.ShouldBe(KnowledgeReasons.Of(reason, "en")!.Message);
        source.Web.NextFetchAt.ShouldNotBeNull();
        fixture.Network.Connected.ShouldAllBe(place => AddressGuard.IsPublic(place.Address));
    }

    [Fact]
    public async Task A_page_that_is_gone_takes_its_source_with_it()
    {
        _site.Page("/page", Html("Page", "Apples cost two."));
        var source = await CreateAsync(new WebSourceRequest { Url = $"{_root}/page" });
        (await SettledAsync(source.Id)).Documents.Ready.ShouldBe(1);

        _site.Remove("/page");
        var gone = await RefreshAsync(source.Id);

        (gone.Web!.Reason!.Code, gone.DocumentCount).ShouldBe((KnowledgeReasons.PageGone, 0));
    }

    [Fact]
    public async Task Documents_are_seen_as_they_are_found_and_deleting_the_source_ends_the_crawl()
    {
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _site.Page("/", Html("Start", "Apples cost two.", "slow", "after")).Page("/after", Html("After", "Never seen.")).On("/slow", async context =>
        {
            reached.SetResult();
            await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
            ended.SetResult();
        });

        var source = await CreateAsync(Crawl());
        await reached.Task;
        await Eventually.HoldAsync("the first page is ready while the second is fetched", async () =>
            (await SourceAsync(source.Id)) is { Web.Status: "fetching", Documents.Ready: 1 });
        (await _http.DeleteAsync($"{Sources}/{source.Id}", Cancelled)).StatusCode.ShouldBe(HttpStatusCode.NoContent);

        await ended.Task.WaitAsync(TimeSpan.FromSeconds(30), Cancelled);
        _site.Paths.ShouldNotContain("/after");
    }

    [Fact]
    public async Task A_source_whose_time_has_come_is_fetched_again_by_one_of_the_processes()
    {
        _site.Page("/page", Html("Page", "Apples cost two."));
        var source = await CreateAsync(new WebSourceRequest { Url = $"{_root}/page", RefreshHours = 1 });
        var first = await SettledAsync(source.Id);
        await using var other = await fixture.StartServerAsync(fixture.Server.Database);
        var asked = _site.Paths.Count;

        await using (var connection = new NpgsqlConnection(fixture.Server.Database.AdministratorConnectionString))
        {
            await connection.OpenAsync(Cancelled);
            await using var command = new NpgsqlCommand($"UPDATE knowledge_sources SET next_fetch_at = now() - interval '1 minute' WHERE id = '{source.Id}'", connection);
            (await command.ExecuteNonQueryAsync(Cancelled)).ShouldBe(1);
        }

        foreach (var server in new[] { fixture.Server, other })
        {
            server.Services.GetServices<IHostedService>().OfType<ScheduleFetches>().ShouldHaveSingleItem().Wake();
        }

        await Eventually.HoldAsync("it is fetched again", async () => (await SourceAsync(source.Id)).Web!.FetchedAt > first.Web!.FetchedAt);
        (await SettledAsync(source.Id)).Web!.NextFetchAt.ShouldNotBeNull();
        _site.Paths.Count.ShouldBe(asked + 1);
    }

    private string Sources => $"/api/v1/chatbots/{_chatbot}/sources";

    private WebSourceRequest Crawl() => new() { Url = $"{_root}/", Mode = "crawl" };

    private static string Html(string title, string text, params string[] links) =>
        $"<html><head><title>{title}</title></head><body><main><h1>{title}</h1><p>{text}</p>{string.Concat(links.Select(link => $"<p><a href=\"{link}\">{link}</a></p>"))}</main></body></html>";

    private async Task<KnowledgeSource> CreateAsync(WebSourceRequest web) =>
        await (await _http.PostAsync(Sources, new CreateSourceRequest { Web = web })).ReadAsync<KnowledgeSource>(HttpStatusCode.Created);

    private async Task<KnowledgeSource> RefreshAsync(Guid id)
    {
        (await _http.PostAsync(new Uri($"{Sources}/{id}/fetch", UriKind.Relative), null, Cancelled)).StatusCode.ShouldBe(HttpStatusCode.Accepted);
        return await SettledAsync(id);
    }

    private Task<KnowledgeSource> SourceAsync(Guid id) => _http.GetAsync<KnowledgeSource>($"{Sources}/{id}");

    /// <summary>The source when it is fetched, or has failed, and all its documents are read.</summary>
    private Task<KnowledgeSource> SettledAsync(Guid id) => Eventually.SeeAsync("the source is fetched and read", async () =>
        await SourceAsync(id) is { Web.Status: "fetched" or "failed", Documents.Waiting: 0 } source ? source : null);

    private async Task<IReadOnlyList<KnowledgeDocument>> DocumentsAsync(Guid id) => (await _http.GetAsync<Page<KnowledgeDocument>>($"{Sources}/{id}/documents")).Items;

    private async Task<IReadOnlyList<Passage>> PassagesAsync(Guid id, string path)
    {
        var document = (await DocumentsAsync(id)).Single(document => document.Url!.EndsWith($"/{path}", StringComparison.Ordinal));
        return await _http.PassagesAsync($"{Sources}/{id}", document.Id);
    }
}
