using System.Text.Json;
using Evenkeel.Contracts.Chats;
using Evenkeel.Contracts.Timeline;
using Evenkeel.ScriptedModel;
using Evenkeel.Tests.Harness;
using Evenkeel.Tests.Realtime;
using Shouldly;
using Xunit;

namespace Evenkeel.Tests.Chat;

/// <summary>A question, its turn, and its answer.</summary>
public sealed class TurnTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_message_is_accepted_with_everything_a_client_needs()
    {
        await using var model = await ScriptedModelServer.StartAsync(ct: Stop);
        await using var server = await ChatDriving.StartAsync(model);
        var account = await server.RegisterAsync();
        var cid = Guid.CreateVersion7();

        using var response = await account.PostChatAsync("Hello there, what can you tell me?", clientId: "first", cid: cid);
        var sent = await response.ReadAsync<SendMessageResponse>(System.Net.HttpStatusCode.Accepted);

        response.Headers.GetValues("X-Correlation-ID").ShouldBe([cid.ToString()]);
        sent.CorrelationId.ShouldBe(cid);
        sent.Seq.ShouldBe(1);
        sent.Queue.Position.ShouldBe(0);
        sent.StreamUrl.ShouldBe($"/api/v1/chat/{sent.ThreadId}/stream");
        sent.SocketUrl.ShouldBe($"/ws/chat/{sent.ThreadId}");
        new[] { sent.ThreadId, sent.MessageId, sent.TurnId }.ShouldAllBe(id => id.Version == 7);
        var answer = await account.AnswerAsync(sent);
        answer.Seq.ShouldBe(2);
        (await account.MessagesAsync(sent.ThreadId)).Items[0].ShouldSatisfyAllConditions(
            message => message.Id.ShouldBe(sent.MessageId),
            message => message.ClientMessageId.ShouldBe("first"),
            message => message.Text.ShouldBe("Hello there, what can you tell me?"));
    }

    [Fact]
    public async Task One_correlation_id_runs_from_the_header_to_the_row_the_events_and_the_frames()
    {
        await using var model = await ScriptedModelServer.StartAsync(ct: Stop);
        await using var server = await ChatDriving.StartAsync(model);
        var account = await server.RegisterAsync();
        var first = await account.SendAsync("Begin the thread please, thank you so much");
        await account.AnswerAsync(first);
        await using var socket = await server.ConnectAsync(account, first.ThreadId, 2);
        await socket.ReadAsync("connected");
        var cid = Guid.CreateVersion7();
        // Only what lasts is announced: the model waits until the stage has been seen.
        var gate = model.Hold(1, "Carry my id");

        var sent = await account.SendAsync("Carry my id everywhere, will you?", first.ThreadId, cid: cid);

        var kinds = new List<string>();
        for (var frame = await socket.ReadAsync(); ; frame = await socket.ReadAsync())
        {
            frame!.Value.GetProperty("cid").GetGuid().ShouldBe(cid, frame.Value.ToString());
            kinds.Add(frame.Value.TryGetProperty("event", out var name) ? name.GetString()! : frame.Value.Type());
            if (kinds[^1] == "idle")
            {
                break;
            }

            if (kinds[^1] == "stage" && frame.Value.GetProperty("stage").GetString() == TimelineEventType.ResponseGeneration)
            {
                gate.Release();
            }
        }

        // "queued" is told only when the worker has not begun before.
        kinds.Distinct().Where(kind => kind != "queued").ShouldBe(["chat_message", "typing", "stage", "chat_delta", "idle"], ignoreOrder: true);
        kinds[^1].ShouldBe("idle");
        (await server.Database.LookAsync<Guid>("SELECT correlation_id FROM turns WHERE id = $1", sent.TurnId)).ShouldBe(cid);
        var events = await account.TimelineAsync(first.ThreadId, all => all.Count(one => one.EventType == TimelineEventType.SavingMessage) == 2);
        events.Where(one => one.TurnId == sent.TurnId).ShouldAllBe(one => one.CorrelationId == cid);
        // A replayed durable frame says the same.
        await using var again = await server.ConnectAsync(account, first.ThreadId, 2);
        (await again.ReadAsync("chat_message")).GetProperty("cid").GetGuid().ShouldBe(cid);
    }

    [Fact]
    public async Task Every_stage_is_recorded_with_its_duration_in_a_gap_free_timeline()
    {
        await using var model = await ScriptedModelServer.StartAsync(ct: Stop);
        await using var server = await ChatDriving.StartAsync(model);
        var account = await server.RegisterAsync();
        var answer = await account.SendAsync("How do I resume a stream after a disconnect?");
        await account.AnswerAsync(answer);

        var events = await account.TimelineAsync(answer.ThreadId, all => all.Count >= 12);

        events.Select(one => one.Seq).ShouldBe(Enumerable.Range(1, events.Count).Select(seq => (long)seq));
        events.OrderBy(one => one.Timestamp).Select(one => $"{one.EventType} {one.EventStatus}").ShouldBe(
        [
            "message_received completed", "moderation started", "moderation completed", "loading_history started", "loading_history completed", "agent_thinking started", "agent_thinking completed",
            "tool_search_documents started", "tool_search_documents completed", "context_composition started", "context_composition completed",
            "response_generation started", "answer_evaluation progress", "response_generation completed", "saving_message completed",
            "turn_ended completed",
        ], ignoreOrder: true);
        events.Where(one => one.EventStatus == "completed" && one.EventType != "message_received").ShouldAllBe(one => one.ProcessingTimeMs >= 0);
        events.ShouldAllBe(one => one.UserMessage.Length > 0 && one.TurnId == answer.TurnId);
        events.ShouldAllBe(one => one.EventData == null || !one.EventData.Value.ToString().Contains("disconnect", StringComparison.Ordinal), "data never holds message text");
        var search = events.Single(one => one is { EventType: TimelineEventType.ToolSearchDocuments, EventStatus: "completed" }).EventData!.Value;
        var considered = search.GetProperty("considered");
        var columns = considered.EnumerateObject().Select(column => column.Value.GetArrayLength()).Distinct();
        columns.ShouldHaveSingleItem("every candidate has a row in every column").ShouldBeGreaterThan(search.GetProperty("passages").GetArrayLength());
        var fates = considered.GetProperty("passage_id").EnumerateArray().Zip(considered.GetProperty("fate").EnumerateArray(), (id, fate) => (Id: id.GetGuid(), Fate: fate.GetString()));
        fates.Where(one => one.Fate is "used" or "merged").Select(one => one.Id)
            .ShouldBe(search.GetProperty("passages").EnumerateArray().Select(passage => passage.GetProperty("passage_id").GetGuid()), ignoreOrder: true);
        considered.GetProperty("lexical_rank").EnumerateArray().ShouldAllBe(rank => rank.GetInt32() >= 1);
        considered.TryGetProperty("vector_rank", out _).ShouldBeFalse("nothing stands in it");
    }

    [Theory]
    [InlineData("en", "How do I resume a stream after a disconnect?")]
    [InlineData("zh", "断线后怎么恢复？")]
    public async Task The_guide_answers_in_the_language_of_the_question_and_cites_the_passage_with_the_fact(string language, string question)
    {
        await using var server = await TestServer.StartAsync();
        var account = await server.RegisterAsync(language);

        var answer = await account.AskAsync(question);

        answer.Status.ShouldBe(MessageStatus.Complete);
        answer.Meta!.Route.ShouldBe("documents");
        answer.Text.Any(character => character is >= '\u4e00' and <= '\u9fff').ShouldBe(language == "zh", answer.Text);
        var citations = answer.Meta.Citations.ShouldNotBeNull();
        var texts = new List<string>();
        foreach (var citation in citations)
        {
            answer.Text.ShouldContain($"[{citation.Index}]");
            var passage = await account.GetAsync<JsonElement>($"/api/v1/passages/{citation.PassageId}");
            passage.Text("document_id").ShouldBe(citation.DocumentId.ToString());
            texts.Add(passage.Text("text"));
            citation.Snippet.ShouldStartWith(passage.Text("text")[..20]);
        }

        texts.ShouldContain(text => text.Contains("after_seq", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_citation_of_one_organization_cannot_be_opened_by_another()
    {
        await using var server = await TestServer.StartAsync();
        var answer = await (await server.RegisterAsync()).AskAsync("How do I resume a stream after a disconnect?");
        var stranger = await server.RegisterAsync();

        await stranger.Http.GetAsync($"/api/v1/passages/{answer.Meta!.Citations![0].PassageId}", Stop)
            .RefusedAsync(System.Net.HttpStatusCode.NotFound, "not_found");
    }

    [Fact]
    public async Task What_the_documents_do_not_say_is_not_known()
    {
        await using var server = await TestServer.StartAsync();
        var account = await server.RegisterAsync();

        var answer = await account.AskAsync("Zorbulax quimperty flibbertwist snorgleplum?");

        answer.Status.ShouldBe(MessageStatus.Complete);
        answer.Meta!.Citations.ShouldBeNull();
        answer.Text.ShouldMatch("(?i)not? (know|find|found)|don't know|could not|cannot");
    }

    [Theory]
    [InlineData("Thanks!")]
    [InlineData("你好")]
    public async Task Small_talk_searches_nothing(string message)
    {
        await using var server = await TestServer.StartAsync();
        var account = await server.RegisterAsync();
        var sent = await account.SendAsync(message);

        var answer = await account.AnswerAsync(sent);

        answer.Meta!.Route.ShouldBe("small_talk");
        answer.Meta.Citations.ShouldBeNull();
        answer.Text.ShouldNotBeEmpty();
        var events = await account.TimelineAsync(sent.ThreadId, all => all.Any(one => one.EventType == TimelineEventType.SavingMessage));
        events.ShouldNotContain(one => one.EventType == TimelineEventType.ToolSearchDocuments);
    }

    [Fact]
    public async Task Labels_that_stand_for_no_passage_stay_plain_text()
    {
        await using var model = await ScriptedModelServer.StartAsync(ct: Stop);
        model.Play(new Behaviour { Text = "True [1] and false [99], [٣] and [x[1]] and [0]." });
        await using var server = await ChatDriving.StartAsync(model);
        var account = await server.RegisterAsync();

        var answer = await account.AskAsync("How do I resume a stream after a disconnect?");

        answer.Text.ShouldBe("True [1] and false [99], [٣] and [x[1]] and [0].");
        answer.Meta!.Citations!.Select(citation => citation.Index).ShouldBe([1]);
    }

    [Fact]
    public async Task A_post_that_accepts_a_stream_gets_the_frames_of_its_turn_and_the_end()
    {
        await using var model = await ScriptedModelServer.StartAsync(ct: Stop);
        model.Play(new Behaviour { Text = "streamed to the one who asked" });
        await using var server = await ChatDriving.StartAsync(model);
        var account = await server.RegisterAsync();

        using var response = await account.PostChatAsync("Please stream the answer to me", clientId: "s", stream: true);

        response.StatusCode.ShouldBe(System.Net.HttpStatusCode.OK);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("text/event-stream");
        var text = await response.Content.ReadAsStringAsync(Stop);
        text.ShouldContain("\"event\":\"connected\"");
        text.ShouldContain("streamed to the one who asked");
        text.ShouldContain("\"event\":\"idle\"");
        // The same request again, after the end: the same frames, no second turn.
        using var repeated = await account.PostChatAsync("Please stream the answer to me", clientId: "s", stream: true);
        (await repeated.Content.ReadAsStringAsync(Stop)).ShouldContain("streamed to the one who asked");
        model.Requests.Count.ShouldBe(1);
    }
}
