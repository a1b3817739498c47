using Evenkeel.ScriptedModel;

namespace Evenkeel.Scenarios.Scenarios;

internal static class TimeoutScenario
{
    public static Scenario Scenario { get; } = new("timeout", "a model that hangs: the person is never left waiting without a word", async stage =>
    {
        stage.Transcript.Step("The model takes the question and says nothing; every try ends by its time-out, then the turn ends with a message");
        stage.Model.Play(new Behaviour { Kind = BehaviourKind.Hang });
        var frames = await stage.Person.ReadTurnAsync(await stage.Person.SendAsync("How do I resume a stream after a disconnect?"));
        ScenarioException.Require(frames.Any(frame => frame.Text("event") == "retrying"), "no retry was announced");
        ScenarioException.Require(frames[^2].Text("error_code") == "llm_timeout" && frames[^1].Text("event") == "idle", "the turn did not end as llm_timeout with idle behind it");

        stage.Transcript.Step("The model is back: the next question is answered");
        stage.Model.Reset();
        frames = await stage.Person.ReadTurnAsync(await stage.Person.SendAsync("And now?"));
        ScenarioException.Require(frames[^2].Text("status") == "complete", "the next turn did not work");
    })
    {
        Settings = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["Models:Chat:FirstTokenTimeoutSeconds"] = "1.5",
            ["Models:Chat:ExtractiveFallback"] = "false",
        },
    };
}
