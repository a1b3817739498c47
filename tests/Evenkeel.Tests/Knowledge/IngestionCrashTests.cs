using System.Text;
using Evenkeel.Contracts.Chats;
using Evenkeel.Contracts.Knowledge;
using Evenkeel.Faults.Processes;
using Evenkeel.Tests.Harness;
using Shouldly;
using Xunit;

namespace Evenkeel.Tests.Knowledge;

/// <summary>The real program, killed again and again while it reads documents.</summary>
public sealed class IngestionCrashTests
{
    // So many that not all of them can be read between two looks, however late the second one comes.
    private const int Documents = 80;
    private const int Sections = 40;
    private const int Kills = 3;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Documents_accepted_before_kill_9_become_ready_whole_and_once()
    {
        var data = TestFolder.New("ingestion-crash");
        TestFolder.Create(data);
        await using var server = new Node(
            Path.Combine(AppContext.BaseDirectory, "evenkeel.dll"),
            "server",
            proxy: null,
            new Dictionary<string, string?>
            {
                ["Data:Directory"] = data, ["Knowledge:Jobs:LeaseSeconds"] = "1", ["Knowledge:Jobs:MostLosses"] = "20", ["Knowledge:Jobs:RetrySeconds"] = "0.05",
            },
            data);
        server.Start();
        await server.WaitUntilReadyAsync(Cancelled);
        var http = (await TestAccount.RegisterAsync(server.Address)).Http;
        var source = await http.CreateSourceAsync((await http.CreateChatbotAsync()).Id);
        var files = Enumerable.Range(0, Documents).Select(number => ($"part{number}.md", Encoding.UTF8.GetBytes(Document(number)))).ToArray();
        (await http.UploadBytesAsync(source, waitSeconds: 0, files)).EnsureSuccessStatusCode();

        for (var kill = 0; kill < Kills; kill++)
        {
            var ready = await ReadyAsync(http, source);
            ready.ShouldBeLessThan(Documents, "everything was read before it could be killed");
            await Eventually.HoldAsync("another document read", async () => await ReadyAsync(http, source) > ready);
            server.Kill();
            server.Start();
            await server.WaitUntilReadyAsync(Cancelled);
        }

        await Eventually.HoldAsync("all documents read", async () => await ReadyAsync(http, source) == Documents, TimeSpan.FromSeconds(120));
        foreach (var document in (await http.GetAsync<Page<KnowledgeDocument>>($"{source}/documents?limit=100")).Items)
        {
            document.PassageCount.ShouldBe(Sections);
            var passages = (await http.GetAsync<Page<Passage>>($"{source}/documents/{document.Id}/passages?limit=100")).Items;
            passages.Select(passage => passage.Ordinal).ShouldBe(Enumerable.Range(0, Sections));
            passages.Select(passage => passage.HeadingPath[0]).ShouldBe(Enumerable.Range(0, Sections).Select(section => $"Section {section}"));
        }
    }

    private static async Task<int> ReadyAsync(HttpClient http, string source) => (await http.GetAsync<KnowledgeSource>(source)).Documents.Ready;

    private static string Document(int number) =>
        $"# Part {number}\n\n" + string.Concat(Enumerable.Range(0, Sections).Select(section =>
            $"## Section {section}\n\n{string.Concat(Enumerable.Repeat($"Word {number} of section {section} keeps the boat upright. ", 12))}\n\n"));
}
