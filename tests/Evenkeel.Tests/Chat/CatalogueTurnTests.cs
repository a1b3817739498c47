using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Evenkeel.Contracts;
using Evenkeel.Contracts.Catalogue;
using Evenkeel.Contracts.Chats;
using Evenkeel.Contracts.Errors;
using Evenkeel.Contracts.Timeline;
using Evenkeel.ScriptedModel;
using Evenkeel.Tests.Catalog.Import;
using Evenkeel.Tests.Harness;
using Shouldly;
using Xunit;

namespace Evenkeel.Tests.Chat;

/// <summary>Turns that the catalogue answers.</summary>
public sealed class CatalogueTurnTests
{
    // Years away, so that no clock makes them past.
    private const string Events =
        """
        [
          {"key":"pycon","title":"PyCon DE","starts":"2097-03-14","ends":"2097-03-16","location":{"city":"Berlin","country":"Germany"},"categories":["python"],"url":"https://example.org/pycon"},
          {"key":"rust","title":"Rust Nation","starts":"2097-03-20","location":{"city":"London","country":"United Kingdom"},"categories":["rust"]},
          {"key":"data","title":"PyData Berlin","starts":"2097-06-02","ends":"2097-06-03","location":{"city":"Berlin","country":"Germany"},"categories":["python","data"]},
          {"key":"web","title":"Online Web Days","starts":"2097-03-05","virtual":true,"categories":["javascript"]}
        ]
        """;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("en", "Which Python conferences are there in Berlin in March 2097?")]
    [InlineData("zh", "2097年3月在柏林有哪些Python会议？")]
    public async Task Events_of_the_place_and_days_named_are_recommended_and_cited(string language, string question)
    {
        await using var server = await TestServer.StartAsync();
        var account = await server.RegisterAsync(language);
        await account.Http.ImportAsync("events.json", Events);

        var sent = await account.SendAsync(question);
        var answer = await account.AnswerAsync(sent);

        answer.Meta!.Route.ShouldBe("catalogue");
        var recommended = answer.Meta.Recommendations.ShouldHaveSingleItem();
        recommended.Event.Title.ShouldBe("PyCon DE");
        (recommended.Event.Location!.Name, recommended.Event.Location.ChineseName).ShouldBe(("Berlin", "柏林"));
        recommended.Reason.ShouldBeOneOf("place", "date", "words", "category");
        answer.Text.ShouldContain("PyCon DE");
        answer.Text.ShouldContain($"[{recommended.Index}]");
        answer.Meta.Citations.ShouldHaveSingleItem().EventId.ShouldBe(recommended.Event.Id);
        var place = answer.Meta.Understood!.Places.ShouldHaveSingleItem();
        (place.Name, place.ChineseName).ShouldBe(("Berlin", "柏林"));
        answer.Meta.Understood.Dates!.From.ShouldBe(new DateOnly(2097, 3, 1));
        var timeline = await account.TimelineAsync(sent.ThreadId, all => all.Any(one => one.EventType == TimelineEventType.SavingMessage));
        var search = timeline.Single(one => one is { EventType: TimelineEventType.ToolSearchEvents, EventStatus: "completed" }).EventData!.Value;
        search.GetProperty("total").GetInt32().ShouldBe(1);
        search.GetProperty("understood").GetProperty("from").GetString().ShouldBe("2097-03-01");
        search.GetRawText().ShouldNotContain("Berlin");
    }

    [Theory]
    [InlineData("en", "Which conferences are there in Berln?", "Berlin")]
    [InlineData("en", "Any meetups in Xyzzyville next year?", "country")]
    public async Task A_place_that_is_not_known_is_said_and_recorded(string language, string question, string said)
    {
        await using var server = await TestServer.StartAsync();
        var account = await server.RegisterAsync(language);
        await account.Http.ImportAsync("events.json", Events);

        var sent = await account.SendAsync(question);
        var answer = await account.AnswerAsync(sent);

        answer.Status.ShouldBe(MessageStatus.Complete);
        answer.Text.ShouldContain(said);
        answer.Meta!.Recommendations.ShouldBeNull();
        answer.Meta.Understood!.UnknownPlaces.ShouldHaveSingleItem();
        var timeline = await account.TimelineAsync(sent.ThreadId, all => all.Any(one => one.EventType == TimelineEventType.SavingMessage));
        var search = timeline.Single(one => one is { EventType: TimelineEventType.ToolSearchEvents, EventStatus: "completed" });
        search.ErrorType.ShouldBe(ErrorCode.LocationError);
        search.ErrorSeverity.ShouldBe("warning");
    }

    [Theory]
    [InlineData("zh", "2097年6月在柏林有哪些数据会议？", "没有活动包含所问的内容")]
    [InlineData("en", "Which beekeeping conferences are there in Berlin in June 2097?", "No event mentions what was asked for")]
    public async Task What_no_event_mentions_leaves_the_place_and_the_days_and_is_said(string language, string question, string said)
    {
        await using var server = await TestServer.StartAsync();
        var account = await server.RegisterAsync(language);
        await account.Http.ImportAsync("events.json", Events);

        var answer = await account.AskAsync(question);

        answer.Text.ShouldContain(said);
        var recommended = answer.Meta!.Recommendations.ShouldHaveSingleItem();
        (recommended.Event.Title, recommended.Reason).ShouldBe(("PyData Berlin", "place"));
    }

    [Theory]
    [InlineData("Are the days of an online backup kept?", 0)]
    [InlineData("Tell me about PyData", 1)]
    public async Task Beside_documents_an_event_needs_every_word(string question, int recommended)
    {
        await using var server = await TestServer.StartAsync();
        var account = await server.RegisterAsync();
        await account.Http.ImportAsync("events.json", Events);

        var answer = await account.AskAsync(question);

        (answer.Meta!.Recommendations?.Count ?? 0).ShouldBe(recommended, answer.Text);
    }

    [Fact]
    public async Task A_question_about_given_events_never_shows_the_model_anything_else()
    {
        await using var model = await ScriptedModelServer.StartAsync(ct: Stop);
        model.Play(new Behaviour { Text = "The one in Berlin [1]." });
        await using var server = await ChatDriving.StartAsync(model);
        var account = await server.RegisterAsync();
        await account.Http.ImportAsync("events.json", Events);
        var ids = (await server.QueryAsync<Guid>("SELECT id FROM catalogue_events WHERE key = ANY(ARRAY['data', 'web']) AND organization_id = @organization", account)).ToArray();

        var answer = await account.AskAboutAsync("Which Rust and Python conferences are there in Berlin and London?", new { candidate_event_ids = ids });
        var again = await account.RegenerateAsync(answer.Id);
        var second = await account.AnswerAsync(again);

        answer.Meta!.Route.ShouldBe("catalogue");
        second.Meta!.Recommendations!.Select(one => one.Event.Id).ShouldBeSubsetOf(ids);
        model.Requests.Count.ShouldBe(2);
        model.Requests.ShouldAllBe(request => request.Body.Contains("PyData Berlin", StringComparison.Ordinal) || request.Body.Contains("Online Web Days", StringComparison.Ordinal));
        model.Requests.ShouldAllBe(request => !request.Body.Contains("PyCon DE", StringComparison.Ordinal) && !request.Body.Contains("Rust Nation", StringComparison.Ordinal));
        // No document either: the guide that every organization has is not part of what was asked about.
        model.Requests.ShouldAllBe(request => !request.Body.Contains("after_seq", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_search_handle_restricts_a_turn_and_an_unknown_one_is_gone()
    {
        await using var server = await TestServer.StartAsync();
        var account = await server.RegisterAsync();
        await account.Http.ImportAsync("events.json", Events);
        using var found = await account.Http.PostAsJsonAsync("/api/v1/search", new { query = "python", literal = true }, Stop);
        var search = await found.ReadAsync<SearchResponse>(HttpStatusCode.OK);

        var answer = await account.AskAboutAsync("What is on in March 2097?", new { search_handle = search.Handle });

        search.Total.ShouldBe(2);
        answer.Meta!.Recommendations!.Select(one => one.Event.Title).ShouldBeSubsetOf(["PyCon DE", "PyData Berlin"]);
        await account.PostAboutAsync("And now?", new { search_handle = "s_00000000000000000000000000" }).RefusedAsync(HttpStatusCode.Gone, ErrorCode.SearchHandleExpired);
        var stranger = await server.RegisterAsync();
        await stranger.PostAboutAsync("And now?", new { search_handle = search.Handle }).RefusedAsync(HttpStatusCode.Gone, ErrorCode.SearchHandleExpired);
        await account.PostAboutAsync("Both?", new { search_handle = search.Handle, candidate_event_ids = new[] { Guid.NewGuid() } })
            .RefusedAsync(HttpStatusCode.BadRequest, ErrorCode.InvalidRequest);
    }

    [Fact]
    public async Task A_model_may_search_the_catalogue_and_cites_what_it_finds_beside_documents()
    {
        const string Question = "How do I resume a stream after a disconnect?";
        await using var model = await ScriptedModelServer.StartAsync(ct: Stop);
        model.Play(Question, new Behaviour { ToolCalls = [new("search_events", """{"query":"rust conference in London"}""")], Times = 1 });
        model.Play(Question, new Behaviour { Compose = request => $"Reconnect with after_seq [1], and ask at Rust Nation [{LabelOf(request, "Rust Nation")}]." });
        await using var server = await ChatDriving.StartAsync(model);
        var account = await server.RegisterAsync();
        await account.Http.ImportAsync("events.json", Events);

        var answer = await account.AskAsync(Question);

        answer.Meta!.Citations!.Count.ShouldBe(2);
        answer.Meta.Citations[0].DocumentId.ShouldNotBeNull();
        answer.Meta.Citations[1].EventId.ShouldNotBeNull();
        answer.Meta.Recommendations.ShouldHaveSingleItem().Event.Title.ShouldBe("Rust Nation");
        model.Requests[0].Body.ShouldContain("search_events");
    }

    [Fact]
    public async Task Where_there_are_no_events_nothing_is_said_of_them()
    {
        await using var model = await ScriptedModelServer.StartAsync(ct: Stop);
        await using var server = await ChatDriving.StartAsync(model);
        var account = await server.RegisterAsync();

        var answer = await account.AskAsync("Which conferences are there in Berlin next week?");

        answer.Meta!.Route.ShouldBe("documents");
        answer.Meta.Understood.ShouldBeNull();
        model.Requests.ShouldAllBe(request => !request.Body.Contains("search_events", StringComparison.Ordinal));
    }

    private static int LabelOf(ReceivedRequest request, string text)
    {
        var before = request.Body[..request.Body.IndexOf(text, StringComparison.Ordinal)];
        var start = before.LastIndexOf('[') + 1;
        return int.Parse(before[start..before.IndexOf(']', start)], System.Globalization.CultureInfo.InvariantCulture);
    }
}

/// <summary>Questions about given events.</summary>
internal static class AskingAboutEvents
{
    public static async Task<Message> AskAboutAsync(this TestAccount account, string message, object restriction)
    {
        using var response = await account.PostAboutAsync(message, restriction);
        return await account.AnswerAsync(await response.ReadAsync<SendMessageResponse>(HttpStatusCode.Accepted));
    }

    public static Task<HttpResponseMessage> PostAboutAsync(this TestAccount account, string message, object restriction)
    {
        var body = JsonSerializer.SerializeToNode(restriction, Wire.Json)!.AsObject();
        body["message"] = message;
        return account.Http.PostAsJsonAsync("/api/v1/chat", body, TestContext.Current.CancellationToken);
    }
}
