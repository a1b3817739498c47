using System.Net;
using System.Net.Http.Json;
using Evenkeel.Contracts;
using Evenkeel.Contracts.Chats;
using Evenkeel.ScriptedModel;
using Evenkeel.Tests.Harness;
using Shouldly;
using Xunit;

namespace Evenkeel.Tests.Chat;

/// <summary>Lists, names and deletion of conversations.</summary>
public sealed class ThreadTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Threads_come_page_by_page_newest_first_without_repeats()
    {
        await using var server = await TestServer.StartAsync();
        var account = await server.RegisterAsync();
        await (await server.RegisterAsync()).SendAsync("a stranger's thread");
        var sent = new List<Guid>();
        for (var number = 0; number < 7; number++)
        {
            sent.Add((await account.SendAsync($"Thanks! {number}")).ThreadId);
        }

        var listed = new List<Guid>();
        string? cursor = null;
        do
        {
            var page = await account.GetAsync<Page<ChatThread>>($"/api/v1/threads?limit=3&cursor={cursor}");
            page.Items.Count.ShouldBeLessThanOrEqualTo(3);
            listed.AddRange(page.Items.Select(thread => thread.Id));
            cursor = page.NextCursor;
        }
        while (cursor is not null);

        listed.ShouldBe(Enumerable.Reverse(sent));
        (await account.GetAsync<ChatThread>($"/api/v1/threads/{sent[0]}")).Title.ShouldBe("Thanks! 0");
    }

    [Fact]
    public async Task Messages_come_page_by_page_backwards_from_the_newest()
    {
        await using var model = await ScriptedModelServer.StartAsync(ct: Stop);
        await using var server = await ChatDriving.StartAsync(model);
        var account = await server.RegisterAsync();
        var first = await account.SendAsync("message number one");
        await account.AnswerAsync(first);
        for (var number = 0; number < 3; number++)
        {
            await account.AskAsync("and so on and so forth", first.ThreadId);
        }

        var newest = await account.MessagesAsync(first.ThreadId, "?limit=3");
        var middle = await account.MessagesAsync(first.ThreadId, $"?limit=3&before_seq={newest.NextBeforeSeq}");
        var oldest = await account.MessagesAsync(first.ThreadId, $"?limit=3&before_seq={middle.NextBeforeSeq}");

        newest.Items.Select(message => message.Seq).ShouldBe([6, 7, 8]);
        middle.Items.Select(message => message.Seq).ShouldBe([3, 4, 5]);
        oldest.Items.Select(message => message.Seq).ShouldBe([1, 2]);
        oldest.NextBeforeSeq.ShouldBeNull();
        newest.LastSeq.ShouldBe(8);
    }

    [Theory]
    [InlineData("/api/v1/threads?cursor=nonsense")]
    [InlineData("/api/v1/threads?cursor=99999999999999999999.00000000000000000000000000000000")]
    [InlineData("/api/v1/threads?cursor=-5.00000000000000000000000000000000")]
    [InlineData("/api/v1/threads?limit=0")]
    [InlineData("/api/v1/threads?limit=101")]
    [InlineData("/api/v1/threads?limit=many")]
    [InlineData("/api/v1/threads/{thread}/messages?limit=201")]
    [InlineData("/api/v1/threads/{thread}/messages?before_seq=0")]
    [InlineData("/api/v1/threads/{thread}/messages?before_seq=x")]
    public async Task A_page_that_cannot_be_is_refused(string path)
    {
        await using var server = await TestServer.StartAsync();
        var account = await server.RegisterAsync();
        var sent = await account.SendAsync("Thanks!");

        await account.Http.GetAsync(path.Replace("{thread}", sent.ThreadId.ToString(), StringComparison.Ordinal), Stop)
            .RefusedAsync(HttpStatusCode.BadRequest, "invalid_request");
    }

    [Fact]
    public async Task A_thread_is_renamed_by_its_owner_only()
    {
        await using var server = await TestServer.StartAsync();
        var account = await server.RegisterAsync();
        var stranger = await server.RegisterAsync();
        var sent = await account.SendAsync("Thanks!");

        (await (await RenameAsync(account, sent.ThreadId, "<b>'; DROP TABLE turns; --")).ReadAsync<ChatThread>(HttpStatusCode.OK))
            .Title.ShouldBe("<b>'; DROP TABLE turns; --");

        await RenameAsync(stranger, sent.ThreadId, "mine now").RefusedAsync(HttpStatusCode.NotFound, "not_found");
        foreach (var title in new[] { null, "", "  ", new string('x', 201), "a\nb" })
        {
            await RenameAsync(account, sent.ThreadId, title).RefusedAsync(HttpStatusCode.BadRequest, "invalid_request");
        }
    }

    [Fact]
    public async Task A_deleted_thread_is_gone_and_what_ran_in_it_is_stopped()
    {
        await using var model = await ScriptedModelServer.StartAsync(ct: Stop);
        var gate = model.Hold(1);
        await using var server = await ChatDriving.StartAsync(model);
        var account = await server.RegisterAsync();
        var stranger = await server.RegisterAsync();
        var sent = await account.SendAsync("tell me a long story", clientId: "story");
        await gate.WaitUntilHeldAsync(Stop);
        var path = $"/api/v1/threads/{sent.ThreadId}";
        await stranger.Http.DeleteAsync(path, Stop).RefusedAsync(HttpStatusCode.NotFound, "not_found");

        (await account.Http.DeleteAsync(path, Stop)).StatusCode.ShouldBe(HttpStatusCode.NoContent);

        await Eventually.HoldAsync("a stopped turn", async () =>
            await server.Database.LookAsync<string>("SELECT status FROM turns WHERE id = $1", sent.TurnId) == TurnStatus.Cancelled);
        await account.Http.GetAsync(path, Stop).RefusedAsync(HttpStatusCode.NotFound, "not_found");
        await account.Http.GetAsync($"{path}/messages", Stop).RefusedAsync(HttpStatusCode.NotFound, "not_found");
        await account.Http.DeleteAsync(path, Stop).RefusedAsync(HttpStatusCode.NotFound, "not_found");
        await account.PostChatAsync("anybody there?", sent.ThreadId).RefusedAsync(HttpStatusCode.NotFound, "not_found");
        await account.PostStopAsync(sent.ThreadId).RefusedAsync(HttpStatusCode.NotFound, "not_found");
        (await account.GetAsync<Page<ChatThread>>("/api/v1/threads")).Items.ShouldBeEmpty();
    }

    [Fact]
    public async Task Titles_are_one_line_and_never_cut_a_character_in_two()
    {
        await using var server = await TestServer.StartAsync();
        var account = await server.RegisterAsync();

        var sent = await account.SendAsync(new string('x', 78) + "\n" + string.Concat(Enumerable.Repeat("😀", 20)));

        var title = (await account.GetAsync<ChatThread>($"/api/v1/threads/{sent.ThreadId}")).Title;
        title.ShouldEndWith("…");
        title.ShouldNotContain('\n');
        title.EnumerateRunes().ShouldNotContain(System.Text.Rune.ReplacementChar);
    }

    private static Task<HttpResponseMessage> RenameAsync(TestAccount account, Guid thread, string? title) =>
        account.Http.PatchAsJsonAsync($"/api/v1/threads/{thread}", new UpdateThreadRequest { Title = title }, Wire.Json, Stop);
}
