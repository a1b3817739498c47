using System.Net;
using System.Text;
using Evenkeel.Contracts.Chats;
using Evenkeel.Contracts.Errors;
using Evenkeel.Contracts.Operations;
using Evenkeel.Contracts.Timeline;
using Evenkeel.Platform.Background;
using Evenkeel.ScriptedModel;
using Evenkeel.Tests.Harness;
using Evenkeel.Tests.Timeline;
using Evenkeel.Timeline.Analytics.Aggregating;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace Evenkeel.Tests.Chat;

/// <summary>Whether an answer helped.</summary>
public sealed class FeedbackTests
{
    private const string Comment = "Bananas\nare not a harbour.";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_last_word_stands_in_the_answer_and_each_change_of_value_is_recorded_once_without_the_comment()
    {
        await using var model = await ScriptedModelServer.StartAsync(ct: Stop);
        await using var server = await ChatDriving.StartAsync(model);
        var account = await server.RegisterAsync();
        var sent = await account.SendAsync("a question worth an answer");
        var answer = await account.AnswerAsync(sent);

        var given = await account.GiveFeedbackAsync(answer.Id, FeedbackValue.Down, $"  {Comment}\n ");

        given.Meta!.Feedback.ShouldBe(new MessageFeedback { Value = "down", Comment = Comment });
        (await ReadAsync(account, sent.ThreadId, answer.Id)).ShouldBeEquivalentTo(given);
        (given with { Meta = given.Meta with { Feedback = null } }).ShouldBeEquivalentTo(answer);
        await account.GiveFeedbackAsync(answer.Id, FeedbackValue.Down, Comment);
        (await account.GiveFeedbackAsync(answer.Id, FeedbackValue.Down)).Meta!.Feedback.ShouldBe(new MessageFeedback { Value = "down" });
        await account.GiveFeedbackAsync(answer.Id, FeedbackValue.Up, Comment);
        (await ReadAsync(account, sent.ThreadId, answer.Id)).Meta!.Feedback.ShouldBe(new MessageFeedback { Value = "up", Comment = Comment });

        var events = await EventsAsync(account, sent.ThreadId, 2);
        events.Select(one => one.EventData!.Value.GetRawText()).ShouldBe(["""{"value":"down"}""", """{"value":"up"}"""]);
        events.ShouldAllBe(one => one.MessageId == answer.Id && one.TurnId == answer.TurnId && one.EventStatus == TimelineEventStatus.Completed);
        events[0].UserMessage.ShouldBe("🗳️ Feedback on the answer received");
        (await server.Database.LookAsync<long>("SELECT count(*) FROM chat_events e WHERE e::text LIKE '%Bananas%'")).ShouldBe(0);
    }

    [Fact]
    public async Task It_is_taken_back_and_many_requests_of_a_kind_at_once_are_one()
    {
        await using var model = await ScriptedModelServer.StartAsync(ct: Stop);
        await using var server = await ChatDriving.StartAsync(model);
        var account = await server.RegisterAsync();
        var sent = await account.SendAsync("a question worth an answer");
        var answer = await account.AnswerAsync(sent);

        await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => account.GiveFeedbackAsync(answer.Id, FeedbackValue.Up, Comment)));
        (await account.GiveFeedbackAsync(answer.Id, null)).ShouldBeEquivalentTo(answer);
        (await ReadAsync(account, sent.ThreadId, answer.Id)).ShouldBeEquivalentTo(answer);
        await account.GiveFeedbackAsync(answer.Id, null, " ");
        await account.GiveFeedbackAsync(answer.Id, FeedbackValue.Down);

        // The last one was recorded after all that could have been before it.
        (await EventsAsync(account, sent.ThreadId, 2)).Select(one => one.EventData!.Value.GetProperty("value").GetString()).ShouldBe(["up", "down"]);
    }

    [Fact]
    public async Task Only_the_person_themselves_gives_it_and_only_to_an_answer()
    {
        await using var model = await ScriptedModelServer.StartAsync(ct: Stop);
        model.Play(new Behaviour { Kind = BehaviourKind.ServerError, Times = 1 });
        await using var server = await ChatDriving.StartAsync(model, ChatDriving.WithoutSecondChance);
        var people = await TimelinePeople.CreateAsync(server);
        var failed = await people.Member.AskAsync("a question that fails");
        var sent = await people.Member.SendAsync("a question worth an answer");
        var answer = await people.Member.AnswerAsync(sent);
        failed.Status.ShouldBe(MessageStatus.Failed);

        foreach (var other in new[] { people.Owner, await server.RegisterAsync() })
        {
            await PostAsync(other, answer.Id, """{"value":"up"}""").RefusedAsync(HttpStatusCode.NotFound, "not_found");
        }

        await PostAsync(people.Member, Guid.CreateVersion7(), """{"value":"up"}""").RefusedAsync(HttpStatusCode.NotFound, "not_found");
        foreach (var message in new[] { sent.MessageId, failed.Id })
        {
            (await FieldsAsync(people.Member, message, """{"value":"up"}""")).ShouldBe(["id"]);
        }

        (await people.Member.MessagesAsync(sent.ThreadId)).Items.ShouldAllBe(message => message.Meta == null || message.Meta.Feedback == null);
        using var deleted = await people.Member.Http.DeleteAsync(new Uri($"/api/v1/threads/{sent.ThreadId}", UriKind.Relative), Stop);
        await PostAsync(people.Member, answer.Id, """{"value":"up"}""").RefusedAsync(HttpStatusCode.NotFound, "not_found");
        (await server.Database.LookAsync<long>("SELECT count(*) FROM messages WHERE meta ? 'feedback'")).ShouldBe(0);
    }

    [Fact]
    public async Task What_is_no_feedback_is_told_by_field_and_too_much_of_it_waits()
    {
        await using var model = await ScriptedModelServer.StartAsync(ct: Stop);
        await using var server = await ChatDriving.StartAsync(model, new() { ["Chat:FeedbackPerMinute"] = "1" });
        var account = await server.RegisterAsync();
        var sent = await account.SendAsync("a question worth an answer");
        var answer = await account.AnswerAsync(sent);

        foreach (var (body, field) in new[]
        {
            ("""{"value":"sideways"}""", "value"), ("""{"comment":"without a thumb"}""", "comment"), ("""{"value":null,"comment":"without a thumb"}""", "comment"),
            ($$"""{"value":"up","comment":"{{new string('x', 2_001)}}"}""", "comment"), ("""{"valeu":"up"}""", "valeu"),
        })
        {
            (await FieldsAsync(account, answer.Id, body)).ShouldBe([field], body);
        }

        await account.GiveFeedbackAsync(answer.Id, FeedbackValue.Up, new string('x', 2_000));
        await PostAsync(account, answer.Id, """{"value":"down"}""").RefusedAsync(HttpStatusCode.TooManyRequests, "rate_limited");
        (await ReadAsync(account, sent.ThreadId, answer.Id)).Meta!.Feedback!.Value.ShouldBe("up");
        await account.AskAsync("sending is not used up by it", sent.ThreadId);
    }

    [Fact]
    public async Task The_numbers_count_it_by_value()
    {
        await using var model = await ScriptedModelServer.StartAsync(ct: Stop);
        await using var server = await ChatDriving.StartAsync(model);
        var account = await server.RegisterAsync();
        foreach (var value in new[] { "up", "up", "down" })
        {
            await account.GiveFeedbackAsync((await account.AskAsync($"a question, then {value}")).Id, value, Comment);
        }

        BackgroundLoop aggregator = server.Services.GetRequiredService<AggregateMetrics>();
        var series = await Eventually.SeeAsync("all three", async () =>
        {
            await server.Database.ChangeAsync("UPDATE metric_progress SET ran_at = timestamptz 'epoch'");
            await aggregator.RunOnceAsync(Stop);
            var seen = await account.GetAsync<MetricSeries>("/api/v1/admin/analytics/series?metric=feedback&group_by=value");
            return seen.Series.Sum(line => line.Total.Value) == 3 ? seen : null;
        });

        series.Series.Select(line => (line.Label, line.Total.Value)).ShouldBe([("up", 2), ("down", 1)], ignoreOrder: true);
    }

    private static Task<HttpResponseMessage> PostAsync(TestAccount account, Guid message, string body) =>
        account.Http.PostAsync($"/api/v1/messages/{message}/feedback", new StringContent(body, Encoding.UTF8, "application/json"), Stop);

    private static async Task<IEnumerable<string>> FieldsAsync(TestAccount account, Guid message, string body)
    {
        using var response = await PostAsync(account, message, body);
        var error = await response.ReadAsync<ErrorEnvelope>(HttpStatusCode.BadRequest);
        return error.Details!.Select(detail => detail.Field);
    }

    private static async Task<Message> ReadAsync(TestAccount account, Guid thread, Guid message) =>
        (await account.MessagesAsync(thread)).Items.Single(one => one.Id == message);

    private static async Task<IReadOnlyList<TimelineEvent>> EventsAsync(TestAccount account, Guid thread, int count)
    {
        var events = await account.TimelineAsync(thread, all => all.Count(IsFeedback) >= count);
        events.Count(IsFeedback).ShouldBe(count);
        return [.. events.Where(IsFeedback)];
    }

    private static bool IsFeedback(TimelineEvent one) => one.EventType == TimelineEventType.FeedbackGiven;
}
