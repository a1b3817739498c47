using Evenkeel.ScriptedModel;

namespace Evenkeel.Scenarios.Scenarios;

internal static class FailureScenario
{
    public static Scenario Scenario { get; } = new("failure", "a model that fails: retries, a stream withdrawn and begun again, then the fallback", async stage =>
    {
        stage.Transcript.Step("The model answers 503 once: the turn waits, tries again, and succeeds");
        stage.Model.Play(new Behaviour { Kind = BehaviourKind.ServerError, Status = 503, Times = 1 });
        var frames = await stage.Person.ReadTurnAsync(await stage.Person.SendAsync("How do I resume a stream after a disconnect?"));
        ScenarioException.Require(frames.Any(frame => frame.Text("event") == "retrying" && frame.Text("retry_in_ms") is not null), "no retry was announced");
        ScenarioException.Require(frames[^2].Text("status") == "complete", "the retry did not succeed");

        stage.Transcript.Step("The stream breaks after three tokens: what was shown is withdrawn, then the whole answer comes");
        stage.Model.Play(new Behaviour { Kind = BehaviourKind.Cut, AfterTokens = 3, Times = 1 });
        frames = await stage.Person.ReadTurnAsync(await stage.Person.SendAsync("And how long is a stream ticket good?"));
        ScenarioException.Require(frames.Any(frame => frame.Text("type") == "chat_reset"), "the broken text was not withdrawn");
        ScenarioException.Require(frames[^2].Text("status") == "complete", "the second try did not succeed");

        stage.Transcript.Step("The model stays away: after its retries the built-in responder answers, and the answer says so");
        stage.Model.Play(new Behaviour { Kind = BehaviourKind.ServerError, Status = 503 });
        frames = await stage.Person.ReadTurnAsync(await stage.Person.SendAsync("What happens when I stop an answer?"));
        ScenarioException.Require(
            frames[^2].Text("status") == "complete" && frames[^2].GetProperty("meta").Text("fallback") == "scripted", "the fallback did not answer, or did not say so");
    });
}
