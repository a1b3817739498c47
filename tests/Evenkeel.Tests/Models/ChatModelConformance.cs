using Evenkeel.Models;
using Evenkeel.ScriptedModel;
using Shouldly;
using Xunit;

namespace Evenkeel.Tests.Models;

public sealed class OpenAiChatModelTests : ChatModelConformance
{
    protected override string Provider => "openai";

    [Fact]
    public async Task Servers_other_than_the_vendor_get_the_limit_under_its_old_name_and_the_temperature()
    {
        await using var harness = await ChatModelHarness.StartAsync(Provider);
        await Listening.ToAsync(harness.Model, ChatModelHarness.Request() with { MaxOutputTokens = 77, Temperature = 0.5 }, Ct);
        harness.Server.Requests[0].Body.ShouldContain("\"max_tokens\":77");
        harness.Server.Requests[0].Body.ShouldContain("\"temperature\":0.5");
        harness.Server.Requests[0].Body.ShouldNotContain("max_completion_tokens");
    }
}

public sealed class AnthropicChatModelTests : ChatModelConformance
{
    protected override string Provider => "anthropic";
}

/// <summary>What every remote provider promises, tried against a real HTTP server.</summary>
public abstract class ChatModelConformance
{
    protected abstract string Provider { get; }

    protected static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_answer_is_streamed_with_its_finish_reason_and_usage()
    {
        await using var harness = await ChatModelHarness.StartAsync(Provider);
        harness.Server.Play(new Behaviour { Text = "Hello, world. 你好！" });
        var heard = await Listening.ToAsync(harness.Model, ChatModelHarness.Request(), Ct);
        heard.Text.ShouldBe("Hello, world. 你好！");
        heard.FinishReason.ShouldBe("stop");
        heard.Usage.ShouldNotBeNull().InputTokens.ShouldBe(12);
        heard.Usage.OutputTokens.ShouldBe(6);
    }

    [Fact]
    public async Task The_messages_are_sent_as_composed_with_the_asked_model_and_limits()
    {
        await using var harness = await ChatModelHarness.StartAsync(Provider);
        var request = ChatModelHarness.Request("What is a keel?") with { Model = "other", MaxOutputTokens = 77 };
        await Listening.ToAsync(harness.Model, request, Ct);
        var received = harness.Server.Requests.ShouldHaveSingleItem();
        received.Model.ShouldBe("other");
        received.LastUserMessage.ShouldBe("What is a keel?");
        received.Body.ShouldContain("You answer briefly.");
        received.Body.ShouldContain("Hello!");
        received.Body.ShouldContain("77");
    }

    [Fact]
    public async Task Text_arrives_while_the_model_is_still_answering()
    {
        await using var harness = await ChatModelHarness.StartAsync(Provider);
        var gate = harness.Server.Hold(afterTokens: 3);
        var heard = new Listening();
        var listening = heard.ListenAsync(harness.Model, ChatModelHarness.Request(), Ct);
        await gate.WaitUntilHeldAsync(Ct);
        await heard.FirstText.WaitAsync(Ct);
        listening.IsCompleted.ShouldBeFalse();
        gate.Release();
        await listening;
        heard.Text.ShouldEndWith("word32");
    }

    [Fact]
    public async Task Too_many_requests_is_told_with_the_wait_the_provider_asks_for()
    {
        var failure = await FailAsync(new Behaviour { Kind = BehaviourKind.RateLimit, RetryAfterS = 7 });
        failure.Kind.ShouldBe(ModelFailureKind.RateLimited);
        failure.HttpStatus.ShouldBe(429);
        failure.RetryAfter.ShouldBe(TimeSpan.FromSeconds(7));
        failure.Code.ShouldBe("llm_unavailable");
    }

    [Theory]
    [InlineData(500, ModelFailureKind.Unavailable)]
    [InlineData(503, ModelFailureKind.Unavailable)]
    [InlineData(529, ModelFailureKind.Unavailable)]
    [InlineData(504, ModelFailureKind.Timeout)]
    [InlineData(400, ModelFailureKind.Rejected)]
    [InlineData(401, ModelFailureKind.Rejected)]
    [InlineData(302, ModelFailureKind.Rejected)]
    public async Task A_refusal_keeps_its_status_and_not_its_text(int status, ModelFailureKind kind)
    {
        var failure = await FailAsync(new Behaviour { Kind = BehaviourKind.ServerError, Status = status });
        failure.Kind.ShouldBe(kind);
        failure.HttpStatus.ShouldBe(status);
        failure.EmittedAnything.ShouldBeFalse();
        failure.ToString().ShouldNotContain("scripted");
    }

    // Whatever a vendor's library would try again by itself.
    [Theory]
    [InlineData(BehaviourKind.ServerError, 408)]
    [InlineData(BehaviourKind.ServerError, 409)]
    [InlineData(BehaviourKind.RateLimit, 429)]
    [InlineData(BehaviourKind.ServerError, 500)]
    [InlineData(BehaviourKind.ServerError, 503)]
    [InlineData(BehaviourKind.ServerError, 529)]
    [InlineData(BehaviourKind.Cut, null)]
    public async Task A_failure_is_not_retried_behind_the_callers_back(BehaviourKind kind, int? status)
    {
        await using var harness = await ChatModelHarness.StartAsync(Provider);
        harness.Server.Play(new Behaviour { Kind = kind, Status = status });
        await Should.ThrowAsync<ModelException>(() => Listening.ToAsync(harness.Model, ChatModelHarness.Request(), Ct));
        harness.Server.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_unavailable()
    {
        await using var harness = await ChatModelHarness.StartAsync(Provider);
        await harness.Server.DisposeAsync();
        var failure = await Should.ThrowAsync<ModelException>(() => Listening.ToAsync(harness.Model, ChatModelHarness.Request(), Ct));
        failure.Kind.ShouldBe(ModelFailureKind.Unavailable);
        failure.HttpStatus.ShouldBeNull();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    public async Task A_stream_that_breaks_off_is_a_cut(int afterTokens)
    {
        var failure = await FailAsync(new Behaviour { Kind = BehaviourKind.Cut, AfterTokens = afterTokens });
        failure.Kind.ShouldBe(ModelFailureKind.Cut, failure.ToString());
        failure.EmittedAnything.ShouldBe(afterTokens > 0);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    public async Task Garbage_is_an_invalid_response(int afterTokens)
    {
        var failure = await FailAsync(new Behaviour { Kind = BehaviourKind.Garbage, AfterTokens = afterTokens });
        failure.Kind.ShouldBe(ModelFailureKind.InvalidResponse);
        failure.EmittedAnything.ShouldBe(afterTokens > 0);
        failure.ToString().ShouldNotContain("oops");
    }

    [Fact]
    public async Task An_answer_without_text_is_an_invalid_response()
    {
        var failure = await FailAsync(new Behaviour { Kind = BehaviourKind.Empty });
        failure.Kind.ShouldBe(ModelFailureKind.InvalidResponse);
    }

    [Fact]
    public async Task A_model_that_never_begins_times_out_after_the_first_token_limit()
    {
        var clock = new ManualClock();
        await using var harness = await ChatModelHarness.StartAsync(Provider, clock);
        harness.Server.Play(new Behaviour { Kind = BehaviourKind.Hang });
        var listening = Listening.ToAsync(harness.Model, ChatModelHarness.Request(), Ct);
        await harness.Server.WaitForRequestsAsync(1, Ct);
        await clock.WhenSetToAsync(TimeSpan.FromSeconds(30)).WaitAsync(Ct);
        clock.Advance(TimeSpan.FromSeconds(30));
        var failure = await Should.ThrowAsync<ModelException>(() => listening);
        failure.Kind.ShouldBe(ModelFailureKind.Timeout);
        failure.Code.ShouldBe("llm_timeout");
        failure.EmittedAnything.ShouldBeFalse();
    }

    [Fact]
    public async Task A_model_that_falls_silent_times_out_after_the_idle_limit()
    {
        var clock = new ManualClock();
        await using var harness = await ChatModelHarness.StartAsync(Provider, clock);
        harness.Server.Play(new Behaviour { Kind = BehaviourKind.Hang, AfterTokens = 4 });
        var heard = new Listening();
        var listening = heard.ListenAsync(harness.Model, ChatModelHarness.Request(), Ct);
        await heard.FirstText.WaitAsync(Ct);
        await clock.WhenSetToAsync(TimeSpan.FromSeconds(30)).WaitAsync(Ct);
        clock.Advance(TimeSpan.FromSeconds(30));
        var failure = await Should.ThrowAsync<ModelException>(() => listening);
        failure.Kind.ShouldBe(ModelFailureKind.Timeout);
        failure.EmittedAnything.ShouldBeTrue();
    }

    [Fact]
    public async Task Cancelling_stays_a_cancellation_and_hangs_up()
    {
        await using var harness = await ChatModelHarness.StartAsync(Provider);
        var gate = harness.Server.Hold(afterTokens: 2);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        var heard = new Listening();
        var listening = heard.ListenAsync(harness.Model, ChatModelHarness.Request(), stop.Token);
        await heard.FirstText.WaitAsync(Ct);
        await gate.WaitUntilHeldAsync(Ct);
        await stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => listening);
        (await harness.Server.Requests[0].Ended.WaitAsync(Ct)).ShouldBeFalse();
    }

    private async Task<ModelException> FailAsync(Behaviour behaviour)
    {
        await using var harness = await ChatModelHarness.StartAsync(Provider);
        harness.Server.Play(behaviour);
        return await Should.ThrowAsync<ModelException>(() => Listening.ToAsync(harness.Model, ChatModelHarness.Request(), Ct));
    }
}
