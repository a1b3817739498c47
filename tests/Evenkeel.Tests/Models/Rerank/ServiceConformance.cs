using Evenkeel.Models;
using Evenkeel.Platform.Health;
using Evenkeel.ScriptedModel;
using Shouldly;
using Xunit;

namespace Evenkeel.Tests.Models.Rerank;

public sealed class EmbeddingsServiceTests() : ServiceConformance("embeddings");

public sealed class RerankServiceTests() : ServiceConformance("rerank");

/// <summary>What both services promise: an outage costs a turn little, and is said with its remedy.</summary>
public abstract class ServiceConformance(string endpoint)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(BehaviourKind.ServerError, null, ModelFailureKind.Unavailable)]
    [InlineData(BehaviourKind.ServerError, 401, ModelFailureKind.Rejected)]
    [InlineData(BehaviourKind.Cut, null, ModelFailureKind.Cut)]
    [InlineData(BehaviourKind.Garbage, null, ModelFailureKind.InvalidResponse)]
    [InlineData(BehaviourKind.Empty, null, ModelFailureKind.InvalidResponse)]
    public async Task A_failure_is_told_once_and_not_tried_again(BehaviourKind kind, int? status, ModelFailureKind expected)
    {
        await using var harness = await ServiceHarness.StartAsync(endpoint: endpoint);
        harness.Play(new Behaviour { Kind = kind, Status = status });

        (await Should.ThrowAsync<ModelException>(() => harness.AskAsync())).Kind.ShouldBe(expected);

        harness.Server.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_silent_endpoint_holds_a_question_for_two_seconds()
    {
        await using var harness = await ServiceHarness.StartAsync(endpoint: endpoint);
        harness.Play(new Behaviour { Kind = BehaviourKind.Hang });
        var asking = harness.AskAsync();
        await harness.Server.WaitForRequestsAsync(1, Ct);

        harness.Clock.Advance(TimeSpan.FromSeconds(2));

        (await Should.ThrowAsync<ModelException>(() => asking)).Kind.ShouldBe(ModelFailureKind.Timeout);
    }

    [Fact]
    public async Task Giving_up_stays_a_cancellation()
    {
        await using var harness = await ServiceHarness.StartAsync(endpoint: endpoint);
        harness.Play(new Behaviour { Kind = BehaviourKind.Hang });
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        var asking = harness.AskAsync(stop.Token);
        await harness.Server.WaitForRequestsAsync(1, Ct);

        await stop.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => asking);
        (await harness.Server.Requests[0].Ended.WaitAsync(Ct)).ShouldBeFalse();
    }

    [Fact]
    public async Task An_endpoint_that_fails_is_not_called_any_more_and_comes_back_by_itself()
    {
        await using var harness = await ServiceHarness.StartAsync(endpoint: endpoint);
        harness.Play(new Behaviour { Kind = BehaviourKind.ServerError });
        for (var call = 0; call < 9; call++)
            await Should.ThrowAsync<ModelException>(() => harness.AskAsync());
        harness.Server.Requests.Count.ShouldBe(8);
        var ill = await harness.CheckAsync(HealthAsker.Server);

        harness.Server.Reset();
        harness.Clock.Advance(TimeSpan.FromSeconds(5));
        await harness.AskAsync();

        ill.Status.ShouldBe("degraded");
        ill.Details!["breaker"].ShouldBe("open");
        (await harness.CheckAsync(HealthAsker.Server)).Status.ShouldBe("ok");
    }

    [Fact]
    public async Task A_wish_to_be_left_alone_holds_for_everybody()
    {
        await using var harness = await ServiceHarness.StartAsync(endpoint: endpoint);
        harness.Play(new Behaviour { Kind = BehaviourKind.RateLimit, RetryAfterS = 7, Times = 1 });
        await Should.ThrowAsync<ModelException>(() => harness.AskAsync());

        (await Should.ThrowAsync<ModelException>(() => harness.AskAsync())).RetryAfter.ShouldBe(TimeSpan.FromSeconds(7));
        harness.Clock.Advance(TimeSpan.FromSeconds(7));
        await harness.AskAsync();

        harness.Server.Requests.Count.ShouldBe(2);
    }

    [Fact]
    public async Task The_doctor_asks_it_and_the_server_does_not()
    {
        await using var harness = await ServiceHarness.StartAsync(endpoint: endpoint);
        (await harness.CheckAsync(HealthAsker.Server)).Status.ShouldBe("ok");
        harness.Server.Requests.ShouldBeEmpty();
        (await harness.CheckAsync(HealthAsker.Doctor)).Status.ShouldBe("ok");
        harness.Play(new Behaviour { Kind = BehaviourKind.ServerError, Status = 401 });

        var refused = await harness.CheckAsync(HealthAsker.Doctor);

        refused.Found.ShouldEndWith("refuses the key");
        refused.Hint!.ShouldContain("ApiKey");
        (await harness.CheckAsync(HealthAsker.Server)).Status.ShouldBe("degraded");
    }

    [Fact]
    public async Task Without_an_endpoint_it_is_well_and_says_how_to_get_one()
    {
        await using var harness = await ServiceHarness.StartAsync(
            [("Embeddings:Endpoint", ""), ("Embeddings:Model", ""), ("Embeddings:ApiKey", ""), ("Rerank:Endpoint", ""), ("Rerank:Model", "")], endpoint);

        var check = await harness.CheckAsync(HealthAsker.Doctor);

        check.Status.ShouldBe("ok");
        check.Hint!.ShouldContain("__Endpoint");
        (harness.Embeddings.IsConfigured || harness.Reranking.IsConfigured).ShouldBeFalse();
    }
}
