using Evenkeel.Contracts.Chats;
using Evenkeel.Models;
using Evenkeel.Models.Answering;
using Evenkeel.Models.Endpoints;
using Evenkeel.ScriptedModel;
using Shouldly;
using Xunit;

namespace Evenkeel.Tests.Models.Answering;

/// <summary>An endpoint that fails is left alone, for everybody in the process, and comes back by itself.</summary>
public sealed class EndpointBreakerTests
{
    private static readonly (string, string)[] OneTry = [("Chat:Retries", "0")];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_endpoint_that_fails_is_not_called_any_more_by_anybody()
    {
        await using var models = await BrokenAsync();

        var asking = models.Ask();
        await asking.Ended;

        models.Primary.Requests.Count.ShouldBe(8);
        asking.Steps[0].ShouldBe(new ModelChangedPart("main", "evenkeel-extractive", "llm_unavailable", IsBreakerOpen: true));
        models.State.State.ShouldBe(BreakerState.Open);
        models.State.RetryAt.ShouldBe(models.Clock.GetUtcNow() + TimeSpan.FromSeconds(5));
        models.State.RecentFailures.ShouldBe(8);
        models.State.LastErrorCode.ShouldBe("llm_unavailable");
    }

    [Fact]
    public async Task Without_a_fallback_the_turn_fails_with_the_time_of_the_next_try()
    {
        await using var models = await BrokenAsync(("Chat:ExtractiveFallback", "false"));

        var failure = await Should.ThrowAsync<ModelException>(() => models.Ask().Ended);

        failure.Code.ShouldBe("llm_unavailable");
        failure.RetryAfter.ShouldBe(TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task One_call_probes_and_closes_it_while_others_still_pass_it_over()
    {
        await using var models = await BrokenAsync();
        models.Primary.Reset();
        var gate = models.Primary.Hold(3);
        models.Clock.Advance(TimeSpan.FromSeconds(5));
        models.State.State.ShouldBe(BreakerState.HalfOpen);

        var probe = models.Ask();
        await gate.WaitUntilHeldAsync(Ct);
        var meanwhile = models.Ask();
        await meanwhile.Ended;
        gate.Release();
        await probe.Ended;
        var afterwards = models.Ask();
        await afterwards.Ended;

        meanwhile.Answered.Model.ShouldBe("evenkeel-extractive");
        probe.Answered.FallbackFrom.ShouldBeNull();
        afterwards.Answered.FallbackFrom.ShouldBeNull();
        models.State.State.ShouldBe(BreakerState.Closed);
        models.State.RetryAt.ShouldBeNull();
    }

    [Fact]
    public async Task Who_has_nobody_else_waits_for_what_the_probe_finds()
    {
        await using var models = await AnswerHarness.StartAsync(0, ("Chat:ExtractiveFallback", "false"));
        var breaker = ((ModelEndpoints)models.Services.GetService(typeof(ModelEndpoints))!).Primary.Breaker;
        for (var call = 0; call < 8; call++)
            await (await breaker.EnterAsync())!.EndAsync(new ModelException(ModelFailureKind.Unavailable));
        var gate = models.Primary.Hold(3);
        models.Clock.Advance(TimeSpan.FromSeconds(5));
        var probe = models.Ask();
        await gate.WaitUntilHeldAsync(Ct);

        var meanwhile = models.Ask();
        await models.Clock.WhenSetToAsync(TimeSpan.FromSeconds(1)).WaitAsync(Ct);
        gate.Release();
        await probe.Ended;
        models.Clock.Advance(TimeSpan.FromSeconds(1));
        await meanwhile.Ended;

        meanwhile.Steps[0].ShouldBe(new RetryPart("main", 1, TimeSpan.FromSeconds(1), "llm_unavailable", null));
        meanwhile.Answered.ShouldBe(new AnsweredPart("main", null, 1, "stop"));
    }

    [Fact]
    public async Task A_probe_that_fails_doubles_the_wait()
    {
        await using var models = await BrokenAsync();

        foreach (var seconds in new[] { 5, 10, 10, 10, 10 })
        {
            models.State.RetryAt.ShouldBe(models.Clock.GetUtcNow() + TimeSpan.FromSeconds(seconds));
            models.Clock.Advance(TimeSpan.FromSeconds(seconds));
            await models.Ask().Ended;
        }

        models.Primary.Requests.Count.ShouldBe(13);
    }

    [Fact]
    public async Task The_failure_that_opens_it_is_not_waited_upon()
    {
        await using var models = await AnswerHarness.StartAsync();
        var breaker = ((ModelEndpoints)models.Services.GetService(typeof(ModelEndpoints))!).Primary.Breaker;
        for (var call = 0; call < 7; call++)
            await (await breaker.EnterAsync())!.EndAsync(new ModelException(ModelFailureKind.Unavailable));
        models.Primary.Play(new Behaviour { Kind = BehaviourKind.ServerError });

        var asking = models.Ask();
        await asking.Ended;

        asking.Steps[0].ShouldBe(new ModelChangedPart("main", "evenkeel-extractive", "llm_unavailable", IsBreakerOpen: false));
        models.Primary.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_probe_that_is_given_up_by_its_user_proves_nothing()
    {
        await using var models = await BrokenAsync();
        models.Clock.Advance(TimeSpan.FromSeconds(5));
        var endpoint = (ModelEndpoints)models.Services.GetService(typeof(ModelEndpoints))!;

        var pass = await endpoint.Primary.Breaker.EnterAsync();
        await pass!.AbandonAsync();

        models.State.State.ShouldBe(BreakerState.Open);
    }

    [Fact]
    public async Task A_probe_that_is_given_up_after_its_first_words_has_shown_that_the_endpoint_works()
    {
        await using var models = await BrokenAsync();
        models.Primary.Reset();
        models.Clock.Advance(TimeSpan.FromSeconds(5));
        var endpoints = (ModelEndpoints)models.Services.GetService(typeof(ModelEndpoints))!;
        var call = new EndpointCall(endpoints.Primary, (ModelMeters)models.Services.GetService(typeof(ModelMeters))!);

        await foreach (var delta in call.StreamAsync(ChatModelHarness.Request(), CancellationToken.None, Ct))
        {
            if (delta.Text.Length > 0)
                break;
        }

        models.State.State.ShouldBe(BreakerState.Closed);
    }

    [Fact]
    public async Task Answers_given_up_by_their_users_do_not_count()
    {
        await using var models = await AnswerHarness.StartAsync(0, OneTry);
        var breaker = ((ModelEndpoints)models.Services.GetService(typeof(ModelEndpoints))!).Primary.Breaker;

        for (var call = 0; call < 50; call++)
            await (await breaker.EnterAsync())!.AbandonAsync();
        models.Primary.Play(new Behaviour { Kind = BehaviourKind.ServerError });
        for (var call = 0; call < 8; call++)
            await models.Ask().Ended;

        models.State.State.ShouldBe(BreakerState.Open);
    }

    [Fact]
    public async Task Under_load_it_opens_within_seconds_of_an_outage_however_well_things_went_before()
    {
        await using var models = await AnswerHarness.StartAsync();
        var breaker = ((ModelEndpoints)models.Services.GetService(typeof(ModelEndpoints))!).Primary.Breaker;
        for (var second = 0; second < 60; second++)
        {
            for (var call = 0; call < 100; call++)
                await (await breaker.EnterAsync())!.EndAsync(null);
            models.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        var seconds = 0;
        for (; breaker.State == BreakerState.Closed && seconds < 60; seconds++)
        {
            for (var call = 0; call < 100 && !breaker.IsRefusing; call++)
                await (await breaker.EnterAsync())!.EndAsync(new ModelException(ModelFailureKind.Unavailable));
            models.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        seconds.ShouldBeInRange(1, 8);
    }

    [Fact]
    public async Task Rare_calls_that_each_hang_until_their_time_out_open_it_too()
    {
        await using var models = await AnswerHarness.StartAsync();
        var breaker = ((ModelEndpoints)models.Services.GetService(typeof(ModelEndpoints))!).Primary.Breaker;

        for (var call = 0; call < 8; call++)
        {
            var pass = await breaker.EnterAsync();
            models.Clock.Advance(TimeSpan.FromSeconds(30));
            await pass!.EndAsync(new ModelException(ModelFailureKind.Timeout));
        }

        breaker.State.ShouldBe(BreakerState.Open);
    }

    [Fact]
    public async Task Requests_that_are_refused_say_nothing_against_the_endpoint()
    {
        await using var models = await AnswerHarness.StartAsync();
        models.Primary.Play(new Behaviour { Kind = BehaviourKind.ServerError, Status = 400 });

        for (var call = 0; call < 20; call++)
            await models.Ask().Ended;

        models.State.State.ShouldBe(BreakerState.Closed);
    }

    [Fact]
    public async Task The_report_of_state_holds_no_key()
    {
        await using var models = await AnswerHarness.StartAsync(0, ("Chat:Endpoint", "https://models.example/v1?key=secret"), ("Chat:ApiKey", "secret"));

        models.State.Name.ShouldBe("models.example/v1");
        models.State.Model.ShouldBe("main");
    }

    private static async Task<AnswerHarness> BrokenAsync(params (string, string)[] settings)
    {
        var models = await AnswerHarness.StartAsync(0, [.. OneTry, .. settings]);
        models.Primary.Play(new Behaviour { Kind = BehaviourKind.ServerError });
        for (var call = 0; call < 8; call++)
            await models.Ask().Ended.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return models;
    }
}
