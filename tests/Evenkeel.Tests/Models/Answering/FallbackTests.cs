using System.Diagnostics.Metrics;
using Evenkeel.Models;
using Evenkeel.ScriptedModel;
using Shouldly;
using Xunit;

namespace Evenkeel.Tests.Models.Answering;

/// <summary>Who answers when the model that should does not.</summary>
public sealed class FallbackTests
{
    private static readonly Behaviour Refuses = new() { Kind = BehaviourKind.ServerError, Status = 401 };

    [Fact]
    public async Task The_chain_is_asked_in_its_order_and_the_answer_says_who_failed()
    {
        await using var models = await AnswerHarness.StartAsync(fallbacks: 2);
        models.Primary.Play(Refuses);
        models.Fallback(0).Play(Refuses with { });

        var asking = models.Ask();
        await asking.Ended;

        asking.Steps.ShouldBe(
        [
            new ModelChangedPart("main", "second-0", "llm_unavailable", IsBreakerOpen: false),
            new ModelChangedPart("second-0", "second-1", "llm_unavailable", IsBreakerOpen: false),
            new AnsweredPart("second-1", "main", 3, "stop"),
        ]);
        asking.Text.ShouldEndWith("word32");
    }

    [Fact]
    public async Task Each_model_of_the_chain_has_its_own_retries()
    {
        await using var models = await AnswerHarness.StartAsync(1, ("Chat:Retries", "1"));
        models.Primary.Play(new Behaviour { Kind = BehaviourKind.ServerError });
        models.Fallback(0).Play(new Behaviour { Kind = BehaviourKind.ServerError, Times = 1 });

        var asking = models.Ask();
        await models.PassAsync(1);
        await models.PassAsync(1);
        await asking.Ended;

        asking.Answered.ShouldBe(new AnsweredPart("second-0", "main", 4, "stop"));
    }

    [Fact]
    public async Task A_chatbots_own_model_is_asked_of_the_first_endpoint_only()
    {
        await using var models = await AnswerHarness.StartAsync(1);
        models.Primary.Play(Refuses);

        var asking = models.Ask(model: "own");
        await asking.Ended;

        models.Primary.Requests[0].Model.ShouldBe("own");
        models.Fallback(0).Requests[0].Model.ShouldBe("second-0");
        asking.Answered.FallbackFrom.ShouldBe("own");
    }

    [Fact]
    public async Task A_provider_that_wants_a_long_pause_is_not_waited_for_when_another_is_there()
    {
        await using var models = await AnswerHarness.StartAsync(1);
        models.Primary.Play(new Behaviour { Kind = BehaviourKind.RateLimit, RetryAfterS = 60 });

        var asking = models.Ask();
        await asking.Ended;

        asking.Answered.ShouldBe(new AnsweredPart("second-0", "main", 2, "stop"));
    }

    [Fact]
    public async Task Text_of_the_model_given_up_is_withdrawn_before_the_next_one_writes()
    {
        await using var models = await AnswerHarness.StartAsync(1, ("Chat:Retries", "0"));
        models.Primary.Play(new Behaviour { Kind = BehaviourKind.Cut, AfterTokens = 3 });
        models.Fallback(0).Play(new Behaviour { Text = "From the second." });

        var asking = models.Ask();
        await asking.Ended;

        asking.Steps[0].ShouldBe(new WithdrawPart(WithdrawPart.Fallback));
        asking.Text.ShouldBe("From the second.");
    }

    [Fact]
    public async Task At_last_the_built_in_responder_answers_and_the_answer_says_so()
    {
        await using var models = await AnswerHarness.StartAsync();
        models.Primary.Play(Refuses);

        var asking = models.Ask();
        await asking.Ended;

        asking.Answered.ShouldBe(new AnsweredPart("evenkeel-extractive", "main", 2, "stop"));
        asking.Text.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task Without_the_built_in_responder_the_turn_fails_with_the_first_models_failure()
    {
        await using var models = await AnswerHarness.StartAsync(1, ("Chat:ExtractiveFallback", "false"), ("Chat:Retries", "0"));
        models.Primary.Play(new Behaviour { Kind = BehaviourKind.ServerError, Status = 504 });
        models.Fallback(0).Play(Refuses);

        var failure = await Should.ThrowAsync<ModelException>(() => models.Ask().Ended);

        failure.Code.ShouldBe("llm_timeout");
        failure.HttpStatus.ShouldBe(504);
    }

    [Fact]
    public async Task A_forced_error_fails_so_many_calls_without_making_them()
    {
        await using var models = await AnswerHarness.StartAsync();

        var asking = models.Ask(new ForcedError("llm_timeout", 2));
        await models.PassAsync(1);
        await models.PassAsync(2);
        await asking.Ended;

        asking.Steps[0].ShouldBe(new RetryPart("main", 2, TimeSpan.FromSeconds(1), "llm_timeout", null));
        asking.Answered.ShouldBe(new AnsweredPart("main", null, 3, "stop"));
        models.Primary.Requests.Count.ShouldBe(1);
        models.State.RecentFailures.ShouldBe(0, "what was asked for must not break the endpoint for others");
    }

    [Fact]
    public async Task A_forced_error_without_count_fails_every_model_but_the_built_in_one()
    {
        await using var models = await AnswerHarness.StartAsync(1, ("Chat:Retries", "0"));

        var asking = models.Ask(new ForcedError("llm_unavailable", null));
        await asking.Ended;

        asking.Answered.ShouldBe(new AnsweredPart("evenkeel-extractive", "main", 3, "stop"));
        models.Primary.Requests.ShouldBeEmpty();
        models.Fallback(0).Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_forced_error_of_another_kind_is_not_the_models_business()
    {
        await using var models = await AnswerHarness.StartAsync();

        var asking = models.Ask(new ForcedError("rag_error", null));
        await asking.Ended;

        asking.Answered.Calls.ShouldBe(1);
    }

    [Fact]
    public async Task Calls_retries_and_fallback_answers_are_counted()
    {
        await using var models = await AnswerHarness.StartAsync(1, ("Chat:Retries", "1"));
        var counted = new Dictionary<string, long>(StringComparer.Ordinal);
        var endpoint = $"127.0.0.1:{models.Primary.BaseAddress.Port}/v1";
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (instrument.Meter.Name == "Evenkeel.Models")
                    self.EnableMeasurementEvents(instrument);
            },
        };
        var others = $"127.0.0.1:{models.Fallback(0).BaseAddress.Port}/v1";
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Count(instrument.Name, value, tags));
        listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Count(instrument.Name, value, tags));
        listener.Start();
        models.Primary.Play(new Behaviour { Kind = BehaviourKind.ServerError });

        var asking = models.Ask();
        await models.PassAsync(1);
        await asking.Ended;
        listener.RecordObservableInstruments();

        counted.ShouldBe(
            new Dictionary<string, long>
            {
                ["evenkeel.model.calls unavailable"] = 2, ["evenkeel.model.retries llm_unavailable"] = 1, ["evenkeel.model.calls ok"] = 1,
                ["evenkeel.model.fallback_answers "] = 1, ["evenkeel.model.breaker_state "] = 0,
            },
            ignoreOrder: true);

        void Count(string instrument, long value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            if (tags[0].Value as string is not { } own || (own != endpoint && own != others))
                return; // another test's
            var key = $"{instrument} {(tags.Length > 2 ? tags[2].Value : "")}";
            counted[key] = counted.GetValueOrDefault(key) + value;
        }
    }
}
