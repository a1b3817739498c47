using System.Net;
using Evenkeel.Knowledge;
using Evenkeel.Knowledge.Privacy;
using Evenkeel.Knowledge.Terms;
using Evenkeel.Platform.Data;
using Evenkeel.Search;
using Evenkeel.Search.Lexical;
using Evenkeel.Search.Pipeline;
using Evenkeel.Tests.Chat;
using Evenkeel.Tests.Harness;
using Evenkeel.Tests.Knowledge;
using Evenkeel.Tests.Models;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Shouldly;
using Xunit;

namespace Evenkeel.Tests.Search;

public sealed class PassageSearchTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_change_is_found_at_once_and_what_was_deleted_is_not()
    {
        var account = await fixture.Server.RegisterAsync();
        var chatbot = (await account.Http.CreateChatbotAsync()).Id;
        var source = await account.Http.CreateSourceAsync(chatbot);
        (await SearchAsync(account, chatbot, "marmalade")).Hits.ShouldBeEmpty();

        var document = (await account.Http.UploadedAsync(source, "a.md", "# Jam\n\n## Oranges\n\nMarmalade is made of oranges.")).Document;
        var hit = (await SearchAsync(account, chatbot, "What is marmalade made of?")).Hits.ShouldHaveSingleItem();
        hit.Title.ShouldBe("Jam");
        hit.HeadingPath.ShouldBe(["Oranges"]);
        hit.Rank.ShouldBe(1);

        await account.Http.UploadedAsync(source, "a.md", "# Jam\n\nMarmalade is made of lemons.");
        (await SearchAsync(account, chatbot, "marmalade")).Hits.ShouldHaveSingleItem().Text.ShouldContain("lemons");

        await account.Http.DeleteAsync($"{source}/documents/{document.Id}", Cancelled);
        (await SearchAsync(account, chatbot, "marmalade")).ShouldSatisfyAllConditions(
            result => result.Hits.ShouldBeEmpty(),
            result => result.IndexedPassages.ShouldBe(0),
            result => result.Trace.Terms.ShouldBe(["marmalade"]));

        await account.Http.UploadedAsync(source, "b.md", "Marmalade again.");
        (await account.Http.DeleteAsync(source, Cancelled)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await SearchAsync(account, chatbot, "marmalade")).Hits.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_few_words_are_not_taken_for_a_language_that_no_document_has()
    {
        var account = await fixture.Server.RegisterAsync();
        var chatbot = (await account.Http.CreateChatbotAsync()).Id;
        var source = await account.Http.CreateSourceAsync(chatbot);
        await account.Http.UploadedAsync(source, "a.md", "The casting of votes is in the town hall.");
        await account.Http.UploadedAsync(source, "b.md", "The casting of alloys needs a die and pressure in the mould.");

        // "die" is a stop word in German.
        var found = await SearchAsync(account, chatbot, "die casting");

        found.Trace.Terms.ShouldBe(["die", "casting"]);
        found.Hits[0].Text.ShouldContain("alloys");
    }

    [Fact]
    public async Task Another_organization_finds_nothing_in_a_chatbot_that_is_not_its_own()
    {
        var owner = await fixture.Server.RegisterAsync();
        var stranger = await fixture.Server.RegisterAsync();
        var chatbot = (await owner.Http.FirstChatbotAsync()).Id;
        (await SearchAsync(owner, chatbot, "resume a stream")).Hits.ShouldNotBeEmpty();

        (await SearchAsync(stranger, chatbot, "resume a stream")).IndexedPassages.ShouldBe(0);
    }

    [Fact]
    public async Task A_change_on_another_node_is_found_after_a_second()
    {
        var account = await fixture.Server.RegisterAsync();
        var chatbot = (await account.Http.CreateChatbotAsync()).Id;
        var source = await account.Http.CreateSourceAsync(chatbot);
        var clock = new ManualClock();
        await using var node = new Node(fixture.Server.Database.ApplicationConnectionString, clock);
        var query = Query(account, chatbot, "marmalade");
        (await node.Search.SearchAsync(query, Cancelled)).Hits.ShouldBeEmpty();

        await account.Http.UploadedAsync(source, "a.md", "Marmalade.");
        (await node.Search.SearchAsync(query, Cancelled)).Hits.ShouldBeEmpty();
        clock.Advance(TimeSpan.FromSeconds(1));

        (await node.Search.SearchAsync(query, Cancelled)).Hits.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_deleted_source_is_gone_at_once_from_an_index_that_does_not_know_it_yet_and_a_private_one_for_visitors()
    {
        var account = await fixture.Server.RegisterAsync();
        var chatbot = (await account.Http.CreateChatbotAsync()).Id;
        var (kept, deleted) = (await account.Http.CreateSourceAsync(chatbot), await account.Http.CreateSourceAsync(chatbot));
        await account.Http.UploadedAsync(kept, "a.md", "Marmalade of oranges.");
        await account.Http.UploadedAsync(deleted, "b.md", "Marmalade of lemons.");
        await using var node = new Node(fixture.Server.Database.ApplicationConnectionString, new ManualClock());
        var query = Query(account, chatbot, "marmalade") with { Explain = true };
        (await node.Search.SearchAsync(query, Cancelled)).Hits.Count.ShouldBe(2);

        (await account.Http.DeleteAsync(deleted, Cancelled)).EnsureSuccessStatusCode();
        // The other node's clock stands still: its index is the old one.
        var after = await node.Search.SearchAsync(query, Cancelled);
        after.Hits.ShouldHaveSingleItem().Text.ShouldContain("oranges");
        after.Trace.Candidates.ShouldHaveSingleItem();

        await account.Http.UploadedAsync(kept, "a.md", "Marmalade of bitter oranges.");
        // What it knew is gone, so it looks for what has come instead; it does not say that there is nothing.
        (await node.Search.SearchAsync(query, Cancelled)).Hits.ShouldHaveSingleItem().Text.ShouldContain("bitter");

        (await account.Http.PostRawAsync(HttpMethod.Patch, kept, """{"visibility":"private"}""")).EnsureSuccessStatusCode();
        var visitor = await node.Search.SearchAsync(query with { Audience = Audience.Visitor }, Cancelled);
        visitor.Hits.ShouldBeEmpty();
        visitor.Trace.Candidates.ShouldContain(candidate => candidate.Fate == "private_source");
        (await node.Search.SearchAsync(query, Cancelled)).Hits.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Questions_at_the_same_time_build_the_index_once()
    {
        var account = await fixture.Server.RegisterAsync();
        var query = Query(account, (await account.Http.FirstChatbotAsync()).Id, "How do I resume a stream?");
        await using var node = new Node(fixture.Server.Database.ApplicationConnectionString, new ManualClock());

        var results = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => node.Search.SearchAsync(query, Cancelled)));

        results.ShouldAllBe(result => result.Hits.Count > 3);
        node.Reader.Reads.ShouldBe(1);
    }

    [Fact]
    public async Task The_least_recently_asked_index_makes_room()
    {
        var account = await fixture.Server.RegisterAsync();
        var first = (await account.Http.FirstChatbotAsync()).Id;
        var second = (await account.Http.CreateChatbotAsync()).Id;
        await account.Http.UploadAsync(await account.Http.CreateSourceAsync(second), ("a.md", LongText(1_200_000)));
        await using var node = new Node(fixture.Server.Database.ApplicationConnectionString, new ManualClock(), indexMegabytes: 1);

        await node.Search.SearchAsync(Query(account, first, "stream"), Cancelled);
        await node.Search.SearchAsync(Query(account, second, "stream"), Cancelled);
        await node.Search.SearchAsync(Query(account, second, "stream"), Cancelled);
        node.Reader.Reads.ShouldBe(2);
        await node.Search.SearchAsync(Query(account, first, "stream"), Cancelled);

        node.Reader.Reads.ShouldBe(3);
    }

    [Fact]
    public async Task Passages_stored_without_words_or_with_those_of_an_older_version_are_found_and_get_them_anew()
    {
        var account = await fixture.Server.RegisterAsync();
        var chatbot = (await account.Http.CreateChatbotAsync()).Id;
        var source = await account.Http.CreateSourceAsync(chatbot);
        foreach (var (name, text) in ((string, string)[])[("a.md", "Marmalade is made of oranges."), ("b.md", "Marmalade of lemons."), ("c.md", "Marmalade of limes.")])
        {
            await account.Http.UploadedAsync(source, name, text);
        }

        var database = fixture.Server.Database;
        var good = await database.LookAsync<string>(AnalysesSql, chatbot);
        // None, nothing, and another format: what earlier versions left.
        await database.ChangeAsync("UPDATE knowledge_passages SET analysis = NULL, language = 'und' WHERE text LIKE '%oranges%' AND chatbot_id = $1", chatbot);
        await database.ChangeAsync("UPDATE knowledge_passages SET analysis = '' WHERE text LIKE '%of lemons%' AND chatbot_id = $1", chatbot);
        await database.ChangeAsync("UPDATE knowledge_passages SET analysis = set_byte(analysis, 0, 255) WHERE text LIKE '%of limes%' AND chatbot_id = $1", chatbot);
        await using var node = new Node(database.ApplicationConnectionString, new ManualClock());

        (await node.Search.SearchAsync(Query(account, chatbot, "marmalade"), Cancelled)).Hits.Count.ShouldBe(3);
        (await database.LookAsync<string>(AnalysesSql, chatbot)).ShouldNotBe(good);
        while (await node.Renewal.RenewSomeAsync(Cancelled))
        {
        }

        (await database.LookAsync<string>(AnalysesSql, chatbot)).ShouldBe(good);
    }

    private const string AnalysesSql =
        "SELECT string_agg(language || ' ' || coalesce(encode(analysis, 'hex'), ''), ',' ORDER BY text) FROM knowledge_passages WHERE chatbot_id = $1";

    private static string LongText(int length) => string.Concat(Enumerable.Range(0, length / 60).Select(number => $"The keel {number} keeps the boat w{number} upright in the stream. "));

    private static PassageQuery Query(TestAccount account, Guid chatbotId, string text) =>
        new() { OrganizationId = account.SignedIn.Organization.Id, ChatbotId = chatbotId, Text = text, Audience = Audience.Member };

    private Task<PassageSearchResult> SearchAsync(TestAccount account, Guid chatbotId, string text) =>
        fixture.Server.Services.GetRequiredService<IPassageSearch>().SearchAsync(Query(account, chatbotId, text), Cancelled);

    /// <summary>The search of another server on the same database, with a clock of its own.</summary>
    private sealed class Node : IAsyncDisposable
    {
        public Node(string connectionString, TimeProvider clock, int indexMegabytes = 64)
        {
            Database = new Database(new DatabaseConnection(connectionString, null, PooledTransactions: false));
            var normalizer = new TermNormalizer(Database);
            var analysis = new StoredAnalysis(Database, new PassageAnalyzer(normalizer));
            Reader = new CountingReader(new KnowledgeReader(Database, analysis));
            Renewal = new RenewAnalysis(Database, analysis, clock, NullLogger<RenewAnalysis>.Instance);
            var options = Options.Create(new SearchOptions { IndexMegabytes = indexMegabytes });
            var indexes = new PassageIndexes(Reader, new KnowledgeVersions(Database, clock), options, clock, NullLogger<PassageIndexes>.Instance);
            var (none, masking) = (new WithoutModels(), new PersonalDataMasking());
            var steps = new SearchSteps(
                new QuestionAnalyzer(normalizer), new FindCandidates(none, none), new ReadCandidates(Database), new RerankCandidates(none, masking),
                new ComposeContext(masking), new WriteTrace(masking, normalizer));
            Search = new PassageSearch(steps, indexes, options, clock);
        }

        public Database Database { get; }

        public CountingReader Reader { get; }

        /// <summary>What runs by itself at a start; here when it is told to.</summary>
        public RenewAnalysis Renewal { get; }

        public PassageSearch Search { get; }

        public ValueTask DisposeAsync()
        {
            Renewal.Dispose();
            return Database.DisposeAsync();
        }
    }

    private sealed class CountingReader(IKnowledgeReader inner) : IKnowledgeReader
    {
        private int _reads;

        public int Reads => _reads;

        public Task<KnowledgeState> ReadStateAsync(Guid organizationId, Guid chatbotId, CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref _reads);
            return inner.ReadStateAsync(organizationId, chatbotId, cancellationToken);
        }

        public Task ReadPassagesAsync(
            Guid organizationId, Guid chatbotId, IReadOnlyCollection<LiveDocument>? documents, PassageReceiver receive, CancellationToken cancellationToken) =>
            inner.ReadPassagesAsync(organizationId, chatbotId, documents, receive, cancellationToken);
    }
}
