namespace Evenkeel.Scenarios.Scenarios;

internal static class BaselineScenario
{
    public static Scenario Scenario { get; } = new("baseline", "an ordinary turn, from the send to the answer", async stage =>
    {
        stage.Transcript.Step("A question is answered");
        var sent = await stage.Person.SendAsync("How do I resume a stream after a disconnect?");
        var frames = await stage.Person.ReadTurnAsync(sent);
        ScenarioException.Require(frames.Any(frame => frame.Text("type") == "chat_delta"), "the answer was not streamed");
        ScenarioException.Require(
            frames[^2].Text("type") == "chat_message" && frames[^2].Text("status") == "complete" && frames[^1].Text("event") == "idle",
            "the answer did not end complete, with idle right behind it");
    });
}
