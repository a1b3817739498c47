using System.Net;
using System.Net.Http.Json;
using Evenkeel.Contracts;
using Evenkeel.Contracts.Chats;
using Evenkeel.Contracts.Operations;
using Evenkeel.ScriptedModel;
using Evenkeel.Tests.Harness;
using Evenkeel.Tests.Timeline;
using Shouldly;
using Xunit;

namespace Evenkeel.Tests.Chat.Operations;

/// <summary>What operators learn of feedback, and who learns it.</summary>
public sealed class TurnFeedbackTests
{
    private const string Comment = "Bananas\nare not a harbour.";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Turns_are_found_by_what_was_said_of_them()
    {
        await using var model = await ScriptedModelServer.StartAsync(ct: Stop);
        await using var server = await ChatDriving.StartAsync(model);
        var people = await TimelinePeople.CreateAsync(server);
        var bad = await people.Member.AskAsync("a question answered badly");
        var good = await people.Member.AskAsync("a question answered well");
        var silent = await people.Member.AskAsync("a question of which nothing is said");
        await people.Member.GiveFeedbackAsync(bad.Id, FeedbackValue.Down, Comment);
        await people.Member.GiveFeedbackAsync(good.Id, FeedbackValue.Up);

        await ShouldListAsync(people.Owner, "limit=10", (silent, null), (good, "up"), (bad, "down"));
        await ShouldListAsync(people.Owner, "feedback=down", (bad, "down"));
        await ShouldListAsync(people.Owner, "feedback=up", (good, "up"));
        await ShouldListAsync(people.Owner, "feedback=any", (good, "up"), (bad, "down"));
        await ShouldListAsync(people.Owner, "feedback=any&status=failed");
        await ShouldListAsync(people.Owner, $"feedback=any&limit=1&cursor={good.TurnId}", (bad, "down"));
        using var preview = await people.Owner.Http.PostAsJsonAsync(
            "/api/v1/admin/bulk", new BulkRequest { Action = "pin", DryRun = true, Filter = new BulkFilter { Feedback = "down" } }, Wire.Json, Stop);
        (await preview.ReadAsync<BulkJob>(HttpStatusCode.OK)).Total.ShouldBe(1);

        await people.Member.GiveFeedbackAsync(good.Id, null);
        await ShouldListAsync(people.Owner, "feedback=up");
        (await RecordAsync(people.Owner, good)).Feedback.ShouldBeNull("it was taken back");
    }

    [Fact]
    public async Task The_turn_tells_what_was_said_last_and_when_until_the_conversation_is_deleted()
    {
        await using var model = await ScriptedModelServer.StartAsync(ct: Stop);
        await using var server = await ChatDriving.StartAsync(model);
        var people = await TimelinePeople.CreateAsync(server);
        var sent = await people.Member.SendAsync("a question answered badly");
        var answer = await people.Member.AnswerAsync(sent);
        (await RecordAsync(people.Owner, answer)).Feedback.ShouldBeNull();

        await people.Member.GiveFeedbackAsync(answer.Id, FeedbackValue.Down);
        var first = (await RecordAsync(people.Owner, answer)).Feedback.ShouldNotBeNull();
        (first.Value, first.Comment, first.ChangedAt).ShouldBe(("down", null, null));
        first.GivenAt.ShouldNotBeNull().ShouldBeGreaterThanOrEqualTo(answer.CreatedAt);
        await people.Member.GiveFeedbackAsync(answer.Id, FeedbackValue.Down);
        (await RecordAsync(people.Owner, answer)).Feedback.ShouldBe(first, "the same again changes nothing");

        await people.Member.GiveFeedbackAsync(answer.Id, FeedbackValue.Down, Comment);
        var record = await RecordAsync(people.Owner, answer);
        (record.Feedback!.Value, record.Feedback.Comment, record.Feedback.GivenAt).ShouldBe(("down", Comment, first.GivenAt));
        record.Feedback.ChangedAt.ShouldNotBeNull().ShouldBeGreaterThanOrEqualTo(first.GivenAt.Value);
        record.Turn.Feedback.ShouldBe("down");
        await people.Member.GiveFeedbackAsync(answer.Id, FeedbackValue.Down, Comment);
        (await RecordAsync(people.Owner, answer)).Feedback.ShouldBe(record.Feedback);

        using var deleted = await people.Member.Http.DeleteAsync(new Uri($"/api/v1/threads/{sent.ThreadId}", UriKind.Relative), Stop);
        var gone = await RecordAsync(people.Owner, answer);
        (gone.Feedback, gone.Turn.Feedback).ShouldBe((null, null));
        await ShouldListAsync(people.Owner, "feedback=any");
    }

    [Fact]
    public async Task Owners_and_administrators_read_the_comment_keys_the_value_and_others_nothing()
    {
        await using var model = await ScriptedModelServer.StartAsync(ct: Stop);
        await using var server = await ChatDriving.StartAsync(model);
        var people = await TimelinePeople.CreateAsync(server);
        var answer = await people.Member.AskAsync("a question answered badly");
        await people.Member.GiveFeedbackAsync(answer.Id, FeedbackValue.Down, Comment);
        var path = $"/api/v1/admin/turns/{answer.TurnId}";

        (await RecordAsync(people.Owner, answer)).Feedback!.Comment.ShouldBe(Comment);
        using var program = people.WithKey(await people.KeyAsync(ApiScope.OperationsRead));
        using var response = await program.GetAsync(new Uri(path, UriKind.Relative), Stop);
        (await response.Content.ReadAsStringAsync(Stop)).ShouldNotContain("Bananas");
        var seen = (await response.ReadAsync<TurnRecord>(HttpStatusCode.OK)).Feedback.ShouldNotBeNull();
        (seen.Value, seen.Comment).ShouldBe(("down", null));

        foreach (var refused in new[] { path, "/api/v1/admin/turns?feedback=down" })
        {
            await people.Member.Http.GetAsync(new Uri(refused, UriKind.Relative), Stop).RefusedAsync(HttpStatusCode.Forbidden, "forbidden");
        }

        var stranger = await server.RegisterAsync();
        await stranger.Http.GetAsync(new Uri(path, UriKind.Relative), Stop).RefusedAsync(HttpStatusCode.NotFound, "not_found");
        await ShouldListAsync(stranger, "feedback=any");
    }

    private static Task<TurnRecord> RecordAsync(TestAccount account, Message answer) => account.GetAsync<TurnRecord>($"/api/v1/admin/turns/{answer.TurnId}");

    private static async Task ShouldListAsync(TestAccount account, string query, params (Message Answer, string? Feedback)[] expected) =>
        (await account.GetAsync<Page<TurnSummary>>($"/api/v1/admin/turns?{query}")).Items.Select(turn => (turn.Id, turn.Feedback))
            .ShouldBe(expected.Select(one => (one.Answer.TurnId, one.Feedback)), query);
}
