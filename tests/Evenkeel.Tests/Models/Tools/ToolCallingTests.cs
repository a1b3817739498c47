using Evenkeel.Models;
using Evenkeel.ScriptedModel;
using Evenkeel.Tests.Models.Answering;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace Evenkeel.Tests.Models.Tools;

/// <summary>Models that ask for tools, and models that do not understand them, behind the one door.</summary>
public sealed class ToolCallingTests
{
    private static readonly ScriptedToolCall Search = new("search_documents", """{"query":"keel 龙骨 \"deep\""}""");

    private static readonly ChatTool Tool = new("search_documents", "Searches.", """{"type":"object","properties":{"query":{"type":"string"}},"required":["query"]}""");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("openai")]
    [InlineData("anthropic")]
    public async Task Streamed_calls_come_whole_after_the_text_before_them(string provider)
    {
        await using var harness = await ChatModelHarness.StartAsync(provider);
        harness.Server.Play(new Behaviour { Text = "Let me look.", ToolCalls = [Search, new("list", "")] });

        var deltas = await harness.Model.StreamAsync(Request(), Ct).ToListAsync(Ct);

        string.Concat(deltas.Select(delta => delta.Text)).ShouldBe("Let me look.");
        var last = deltas.Single(delta => delta.ToolCalls is not null);
        last.FinishReason.ShouldBe("tool_calls");
        last.ToolCalls!.Select(call => (call.Name, call.Arguments)).ShouldBe([("search_documents", Search.Arguments), ("list", "{}")]);
        last.ToolCalls!.Select(call => call.Id).Distinct().Count().ShouldBe(2);
        deltas.ShouldContain(delta => delta.Usage != null);
    }

    [Theory]
    [InlineData("openai", "\"tool_call_id\":\"b\"", "\"tool_choice\":\"none\"")]
    [InlineData("anthropic", "\"tool_use_id\":\"b\"", "\"tool_choice\":{\"type\":\"none\"}")]
    public async Task Calls_and_results_are_sent_back_with_the_tools(string provider, string result, string choice)
    {
        await using var harness = await ChatModelHarness.StartAsync(provider);
        ChatToolCall[] calls = [new("a", "search_documents", """{"query":"keel"}"""), new("b", "search_documents", """{"query":"mast"}""")];
        var request = Request() with
        {
            Messages =
            [
                .. ChatModelHarness.Request().Messages, new(ChatRole.Assistant, "") { ToolCalls = calls },
                ChatTurnMessage.ToolResult(calls[0], "Two metres."), ChatTurnMessage.ToolResult(calls[1], "Nothing."),
            ],
            MayCallTools = false,
        };

        await Listening.ToAsync(harness.Model, request, Ct);

        var received = harness.Server.Requests.ShouldHaveSingleItem();
        received.HasTools.ShouldBeTrue();
        received.LastUserMessage.ShouldBe("Hello there");
        var body = received.Body.Replace(" ", "", StringComparison.Ordinal);
        body.ShouldContain("Twometres.");
        body.ShouldContain("\"required\":[\"query\"]");
        body.ShouldContain(choice);
        body.ShouldContain(result);
        body.Split("\"role\":\"user\"").Length.ShouldBe(provider == "openai" ? 3 : 4); // both results in one message
    }

    [Theory]
    [InlineData("openai")]
    [InlineData("anthropic")]
    public async Task Arguments_that_are_no_object_are_no_answer(string provider)
    {
        await using var harness = await ChatModelHarness.StartAsync(provider);
        harness.Server.Play(new Behaviour { ToolCalls = [new("search_documents", "{\"query\":")] });

        (await Should.ThrowAsync<ModelException>(() => Listening.ToAsync(harness.Model, Request(), Ct))).Kind.ShouldBe(ModelFailureKind.InvalidResponse);
    }

    [Fact]
    public async Task The_door_hands_calls_out_as_the_last_thing_before_the_end()
    {
        await using var models = await AnswerHarness.StartAsync();
        models.Primary.Play(new Behaviour { ToolCalls = [Search] });

        var asking = Ask(models);
        await asking.Ended;

        Door(models).OffersTools.ShouldBeTrue();
        ((ToolCallsPart)asking.Steps[^2]).Calls.Single().Name.ShouldBe("search_documents");
        asking.Answered.FinishReason.ShouldBe("tool_calls");
    }

    [Fact]
    public async Task A_server_that_refuses_tools_is_asked_without_them_and_not_offered_any_again()
    {
        await using var models = await AnswerHarness.StartAsync();
        models.Primary.Play(new Behaviour { Kind = BehaviourKind.ServerError, Status = 400, OnlyWithTools = true });

        var first = Ask(models);
        await first.Ended;
        var second = Ask(models);
        await second.Ended;

        first.Answered.FallbackFrom.ShouldBeNull();
        first.Steps.OfType<RetryPart>().ShouldBeEmpty();
        models.Primary.Requests.Select(request => (request.HasTools, request.LastUserMessage))
            .ShouldBe([(true, "Hello there"), (false, "With passages"), (false, "With passages")]);
        Door(models).OffersTools.ShouldBeFalse();
    }

    [Fact]
    public async Task A_request_that_is_refused_without_tools_too_says_nothing_against_them()
    {
        await using var models = await AnswerHarness.StartAsync();
        models.Primary.Play(new Behaviour { Kind = BehaviourKind.ServerError, Status = 400 });

        await Ask(models).Ended;

        Door(models).OffersTools.ShouldBeTrue();
    }

    [Fact]
    public async Task With_tools_on_a_refusal_goes_to_the_next_model_which_may_have_none()
    {
        await using var models = await AnswerHarness.StartAsync(1, ("Chat:Tools", "on"), ("Chat:Fallbacks:0:Tools", "off"));
        models.Primary.Play(new Behaviour { Kind = BehaviourKind.ServerError, Status = 400, OnlyWithTools = true });

        var asking = Ask(models);
        await asking.Ended;

        asking.Answered.Model.ShouldBe("second-0");
        models.Primary.Requests.Count.ShouldBe(1);
        models.Fallback(0).Requests.Single().HasTools.ShouldBeFalse();
        models.Fallback(0).Requests.Single().LastUserMessage.ShouldBe("With passages");
    }

    [Fact]
    public async Task A_wrong_setting_is_refused_by_name()
    {
        var failure = await Should.ThrowAsync<Exception>(async () => await (await AnswerHarness.StartAsync(0, ("Chat:Tools", "maybe"))).Ask().Ended);

        failure.Message.ShouldContain("Models__Chat__Tools: must be auto, on or off.");
    }

    private static IAnswerModels Door(AnswerHarness models) => models.Services.GetRequiredService<IAnswerModels>();

    private static Asking Ask(AnswerHarness models) => new(Door(models).AnswerAsync(
        Request() with { MessagesWithoutTools = [new(ChatRole.User, "With passages")] }, new AnswerLimits(), Ct));

    private static ChatModelRequest Request() => ChatModelHarness.Request() with { Tools = [Tool] };
}
