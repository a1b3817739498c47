using Evenkeel.Models;
using Evenkeel.Platform.Health;
using Evenkeel.ScriptedModel;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace Evenkeel.Tests.Models.Answering;

/// <summary>What administrators and the doctor are told about the models.</summary>
public sealed class ModelHealthTests
{
    [Fact]
    public async Task The_running_server_tells_what_turns_have_met_and_asks_nobody()
    {
        await using var models = await AnswerHarness.StartAsync(1, ("Chat:Retries", "0"));
        models.Primary.Play(new Behaviour { Kind = BehaviourKind.ServerError });
        for (var call = 0; call < 8; call++)
            await models.Ask().Ended;
        var asked = models.Primary.Requests.Count + models.Fallback(0).Requests.Count;

        var checks = models.Services.GetRequiredService<IModelEndpoints>().All.Select(endpoint => endpoint.ToCheck()).ToArray();

        checks.Select(check => (check.Name, check.Status)).ShouldBe([("model", "degraded"), ("model_fallback_0", "ok")]);
        checks[0].Details!["breaker"].ShouldBe("open");
        checks[0].Details!["retry_at"].ShouldBe(models.Clock.GetUtcNow() + TimeSpan.FromSeconds(5));
        checks[0].Details!["recent_failures"].ShouldBe(8);
        checks[1].Details!["breaker"].ShouldBe("closed");
        (await CheckAsync(models, HealthAsker.Server)).ShouldBeEmpty();
        (models.Primary.Requests.Count + models.Fallback(0).Requests.Count).ShouldBe(asked);
    }

    [Fact]
    public async Task The_doctor_finds_an_endpoint_that_is_not_there()
    {
        await using var models = await AnswerHarness.StartAsync(1);
        await models.Fallback(0).DisposeAsync();

        var checks = await CheckAsync(models, HealthAsker.Doctor);

        checks.Select(check => check.Status).ShouldBe(["ok", "degraded"]);
        checks[1].Found.ShouldEndWith("cannot be reached");
        checks[1].Hint!.ShouldContain("Models__Chat__Fallbacks__0__Endpoint");
    }

    [Fact]
    public async Task The_built_in_responder_is_well_and_says_how_to_get_more()
    {
        await using var services = ChatModelHarness.Services(clock: null);

        var check = (await services.GetServices<IHealthContributor>().Single(one => one.Name == "model").CheckAsync(HealthAsker.Doctor, TestContext.Current.CancellationToken)).ShouldHaveSingleItem();

        check.Status.ShouldBe("ok");
        check.Hint!.ShouldContain("Models__Chat__Provider");
    }

    private static Task<IReadOnlyList<HealthCheck>> CheckAsync(AnswerHarness models, HealthAsker asker) =>
        models.Services.GetServices<IHealthContributor>().Single(one => one.Name == "model").CheckAsync(asker, TestContext.Current.CancellationToken);
}
