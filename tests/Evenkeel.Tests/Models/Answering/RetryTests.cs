using Evenkeel.Contracts.Chats;
using Evenkeel.Models;
using Evenkeel.Models.Endpoints;
using Evenkeel.ScriptedModel;
using Microsoft.Extensions.Options;
using Shouldly;
using Xunit;

namespace Evenkeel.Tests.Models.Answering;

/// <summary>When a model is called again, and when not.</summary>
public sealed class RetryTests
{
    private const string NoBuiltIn = "Chat:ExtractiveFallback";

    [Fact]
    public async Task A_model_that_fails_for_a_moment_is_called_again_after_one_two_and_four_seconds()
    {
        await using var models = await AnswerHarness.StartAsync();
        models.Primary.Play(new Behaviour { Kind = BehaviourKind.ServerError, Status = 503, Times = 3 });

        var asking = models.Ask();
        await models.PassAsync(1);
        await models.PassAsync(2);
        await models.PassAsync(4);
        await asking.Ended;

        asking.Steps.ShouldBe(
        [
            new RetryPart("main", 2, TimeSpan.FromSeconds(1), "llm_unavailable", 503), new RetryStartedPart("main", 2),
            new RetryPart("main", 3, TimeSpan.FromSeconds(2), "llm_unavailable", 503), new RetryStartedPart("main", 3),
            new RetryPart("main", 4, TimeSpan.FromSeconds(4), "llm_unavailable", 503), new RetryStartedPart("main", 4),
            new AnsweredPart("main", null, 4, "stop"),
        ]);
        asking.Text.ShouldEndWith("word32");
        models.Primary.Requests.Count.ShouldBe(4);
    }

    [Fact]
    public async Task After_the_last_retry_the_turn_fails()
    {
        await using var models = await AnswerHarness.StartAsync(0, (NoBuiltIn, "false"));
        models.Primary.Play(new Behaviour { Kind = BehaviourKind.ServerError });

        var asking = models.Ask();
        await models.PassAsync(1);
        await models.PassAsync(2);
        await models.PassAsync(4);

        var failure = await Should.ThrowAsync<ModelException>(() => asking.Ended);
        failure.Code.ShouldBe("llm_unavailable");
        models.Primary.Requests.Count.ShouldBe(4);
    }

    [Theory]
    [InlineData(BehaviourKind.Cut)]
    [InlineData(BehaviourKind.Garbage)]
    [InlineData(BehaviourKind.Empty)]
    [InlineData(BehaviourKind.RateLimit)]
    public async Task Whatever_may_pass_is_tried_again(BehaviourKind kind)
    {
        await using var models = await AnswerHarness.StartAsync();
        models.Primary.Play(new Behaviour { Kind = kind, Times = 1 });

        var asking = models.Ask();
        await models.PassAsync(1);
        await asking.Ended;

        asking.Answered.ShouldBe(new AnsweredPart("main", null, 2, "stop"));
    }

    [Fact]
    public async Task A_model_that_hangs_is_called_again_after_its_time_out()
    {
        await using var models = await AnswerHarness.StartAsync();
        models.Primary.Play(new Behaviour { Kind = BehaviourKind.Hang, Times = 1 });

        var asking = models.Ask();
        await models.Primary.WaitForRequestsAsync(1, TestContext.Current.CancellationToken);
        await models.PassAsync(30);
        await models.PassAsync(1);
        await asking.Ended;

        asking.Steps[0].ShouldBe(new RetryPart("main", 2, TimeSpan.FromSeconds(1), "llm_timeout", null));
    }

    [Fact]
    public async Task A_refused_request_is_not_sent_again()
    {
        await using var models = await AnswerHarness.StartAsync(0, (NoBuiltIn, "false"));
        models.Primary.Play(new Behaviour { Kind = BehaviourKind.ServerError, Status = 400 });

        await Should.ThrowAsync<ModelException>(() => models.Ask().Ended);

        models.Primary.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task The_wait_that_the_provider_asks_for_is_kept()
    {
        await using var models = await AnswerHarness.StartAsync();
        models.Primary.Play(new Behaviour { Kind = BehaviourKind.RateLimit, RetryAfterS = 7, Times = 1 });

        var asking = models.Ask();
        await models.PassAsync(7.1); // the provider's seven seconds, and a spread
        await asking.Ended;

        asking.Steps[0].ShouldBe(new RetryPart("main", 2, TimeSpan.FromSeconds(7.1), "llm_unavailable", 429));
        models.Primary.Requests.Count.ShouldBe(2);
    }

    [Theory]
    [InlineData(-10, 1)] // over already: only our own wait is left
    [InlineData(20, 20.1)]
    public async Task The_wait_may_be_given_as_a_date(int secondsFromNow, double wait)
    {
        await using var models = await AnswerHarness.StartAsync();
        models.Primary.Play(new Behaviour { Kind = BehaviourKind.RateLimit, RetryAfterAt = models.Clock.GetUtcNow().AddSeconds(secondsFromNow), Times = 1 });

        var asking = models.Ask();
        await models.PassAsync(wait);
        await asking.Ended;

        asking.Steps[0].ShouldBe(new RetryPart("main", 2, TimeSpan.FromSeconds(wait), "llm_unavailable", 429));
    }

    [Fact]
    public async Task A_provider_that_wants_to_be_left_alone_for_years_is_asked_again_after_an_hour()
    {
        await using var models = await AnswerHarness.StartAsync(0, (NoBuiltIn, "false"));
        models.Primary.Play(new Behaviour { Kind = BehaviourKind.RateLimit, RetryAfterAt = models.Clock.GetUtcNow().AddYears(10), Times = 1 });

        var failure = await Should.ThrowAsync<ModelException>(() => models.Ask().Ended);
        models.Clock.Advance(TimeSpan.FromHours(1));
        var later = models.Ask();
        await later.Ended;

        failure.RetryAfter!.Value.ShouldBeInRange(TimeSpan.FromHours(1), TimeSpan.FromMinutes(61));
        later.Answered.FallbackFrom.ShouldBeNull();
    }

    [Fact]
    public async Task What_a_provider_asks_of_one_call_holds_for_all()
    {
        await using var models = await AnswerHarness.StartAsync(0, (NoBuiltIn, "false"));
        models.Primary.Play(new Behaviour { Kind = BehaviourKind.RateLimit, RetryAfterS = 7, Times = 1 });
        var first = models.Ask();
        await models.Clock.WhenSetToAsync(TimeSpan.FromSeconds(7.1)).WaitAsync(TestContext.Current.CancellationToken);

        models.Clock.Advance(TimeSpan.FromSeconds(3));
        var second = models.Ask();
        await models.Clock.WhenSetToAsync(TimeSpan.FromSeconds(4.1)).WaitAsync(TestContext.Current.CancellationToken);
        var callsMeanwhile = models.Primary.Requests.Count;
        models.Clock.Advance(TimeSpan.FromSeconds(4.1));
        await first.Ended;
        await second.Ended;

        callsMeanwhile.ShouldBe(1);
        second.Steps.ShouldBe(
        [
            new RetryPart("main", 1, TimeSpan.FromSeconds(4.1), "llm_unavailable", null), new RetryStartedPart("main", 1), new AnsweredPart("main", null, 1, "stop"),
        ]);
        models.Primary.Requests.Count.ShouldBe(3);
    }

    [Fact]
    public async Task To_wait_until_a_provider_may_be_called_is_no_retry()
    {
        await using var models = await AnswerHarness.StartAsync(0, (NoBuiltIn, "false"), ("Chat:Retries", "0"));
        models.Primary.Play(new Behaviour { Kind = BehaviourKind.RateLimit, RetryAfterS = 7, Times = 1 });
        await Should.ThrowAsync<ModelException>(() => models.Ask().Ended);

        var second = models.Ask();
        await models.PassAsync(7.1);
        await second.Ended;

        second.Answered.ShouldBe(new AnsweredPart("main", null, 1, "stop"));
    }

    [Fact]
    public async Task A_provider_that_is_left_alone_for_long_is_passed_over()
    {
        await using var models = await AnswerHarness.StartAsync(1);
        models.Primary.Play(new Behaviour { Kind = BehaviourKind.RateLimit, RetryAfterS = 60, Times = 1 });
        await models.Ask().Ended;

        var second = models.Ask();
        await second.Ended;

        second.Steps.ShouldBe([new ModelChangedPart("main", "second-0", "llm_unavailable", IsBreakerOpen: false), new AnsweredPart("second-0", "main", 1, "stop")]);
        models.Primary.Requests.Count.ShouldBe(1);
        models.State.RetryAt.ShouldBe(models.Clock.GetUtcNow() + TimeSpan.FromSeconds(60));
    }

    [Fact]
    public async Task A_wait_beyond_the_turns_time_fails_at_once_with_the_wait()
    {
        await using var models = await AnswerHarness.StartAsync(0, (NoBuiltIn, "false"));
        models.Primary.Play(new Behaviour { Kind = BehaviourKind.RateLimit, RetryAfterS = 600 });

        var asking = models.Ask();

        var failure = await Should.ThrowAsync<ModelException>(() => asking.Ended);
        failure.RetryAfter!.Value.TotalSeconds.ShouldBe(600.1);
        asking.Steps.ShouldBeEmpty();
        models.Primary.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task The_turns_time_ends_a_call_and_no_other_follows()
    {
        await using var models = await AnswerHarness.StartAsync(0, (NoBuiltIn, "false"), ("Chat:TurnTimeoutSeconds", "20"));
        models.Primary.Play(new Behaviour { Kind = BehaviourKind.Hang });

        var asking = models.Ask();
        await models.Primary.WaitForRequestsAsync(1, TestContext.Current.CancellationToken);
        models.Clock.Advance(TimeSpan.FromSeconds(20));

        (await Should.ThrowAsync<ModelException>(() => asking.Ended)).Code.ShouldBe("llm_timeout");
        models.Primary.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Text_of_a_call_that_fails_is_withdrawn_before_the_next_call()
    {
        await using var models = await AnswerHarness.StartAsync();
        models.Primary.Play(new Behaviour { Kind = BehaviourKind.Cut, AfterTokens = 3, Times = 1 });
        models.Primary.Play(new Behaviour { Text = "The whole answer." });

        var asking = models.Ask();
        await asking.FirstText;
        await models.PassAsync(1);
        await asking.Ended;

        asking.Steps.Select(step => step.GetType().Name).ShouldBe(["WithdrawPart", "RetryPart", "RetryStartedPart", "AnsweredPart"]);
        asking.Text.ShouldBe("The whole answer.");
    }

    [Fact]
    public async Task Retries_of_an_endpoint_stop_when_its_budget_is_used_up()
    {
        await using var models = await AnswerHarness.StartAsync(0, (NoBuiltIn, "false"), ("Chat:FirstRetrySeconds", "0.001"));
        var (answered, failed) = (0, 0);

        for (var round = 0; round < 20; round++)
        {
            models.Primary.Play(new Behaviour { Kind = BehaviourKind.ServerError, Times = 1 });
            var asking = models.Ask();
            await Task.WhenAny(asking.Ended, models.PassAsync(0.001));
            answered += await SucceedsAsync(asking) ? 1 : 0;
            failed += asking.Ended.IsFaulted ? 1 : 0;
            // Enough that succeed, or the breaker would end the experiment.
            await models.Ask().Ended;
            await models.Ask().Ended;
        }

        // Ten in reserve, and a tenth of the sixty answers as they come.
        answered.ShouldBe(15, $"{failed} failed");
        models.State.State.ShouldBe(BreakerState.Closed);
    }

    [Fact]
    public void The_budget_gives_a_lone_user_a_retry_in_ten_seconds()
    {
        var clock = new ManualClock();
        var budget = new RetryBudget(clock);
        while (budget.TryTake())
        {
        }

        clock.Advance(TimeSpan.FromSeconds(10));

        budget.TryTake().ShouldBeTrue();
        budget.TryTake().ShouldBeFalse();
    }

    [Theory]
    [InlineData(1, 0.8, 1.2)]
    [InlineData(2, 1.6, 2.4)]
    [InlineData(3, 3.2, 4.8)]
    public void Waits_are_spread_by_a_fifth(int retry, double least, double most)
    {
        var waits = new RetryWaits(Options.Create(new ModelsOptions()), new Random(7));

        var all = Enumerable.Range(0, 500).Select(_ => waits.Before(retry, null).TotalSeconds).ToArray();

        all.Min().ShouldBeInRange(least, least * 1.02);
        all.Max().ShouldBeInRange(most * 0.98, most);
    }

    private static async Task<bool> SucceedsAsync(Asking asking)
    {
        await asking.Ended.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return asking.Ended.IsCompletedSuccessfully;
    }
}
