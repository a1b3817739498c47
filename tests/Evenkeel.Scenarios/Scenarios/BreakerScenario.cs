namespace Evenkeel.Scenarios.Scenarios;

internal static class BreakerScenario
{
    public static Scenario Scenario { get; } = new("breaker", "a conversation that pauses itself after five failures, probes, and works again", async stage =>
    {
        stage.Transcript.Step("Five turns in a row fail");
        for (var failed = 1; failed <= 5; failed++)
        {
            var frames = await stage.Person.ReadTurnAsync(await stage.Person.SendAsync($"question {failed}", force: "rag_error"));
            ScenarioException.Require(frames[^2].Text("error_code") == "rag_error", "the turn did not fail as asked");
        }

        stage.Transcript.Step("Sending is refused, nothing is stored, and the wait is named");
        var before = await stage.Person.GetAsync($"/api/v1/threads/{stage.Person.Thread}");
        stage.Transcript.Line("server", $"the thread says breaker={before.GetProperty("breaker")}");
        var refused = await stage.Person.SendAsync("one more question");
        ScenarioException.Require(refused.Body.Text("error_code") == "circuit_open" && refused.RetryAfterSeconds is > 0 and <= 30, "the send was not refused with the wait");
        var after = await stage.Person.GetAsync($"/api/v1/threads/{stage.Person.Thread}");
        ScenarioException.Require(before.Text("last_seq") == after.Text("last_seq"), "the refused send was stored");

        stage.Transcript.Step("After the wait one probe goes through, and closes it");
        await Task.Delay(TimeSpan.FromSeconds(refused.RetryAfterSeconds!.Value + 0.2));
        var gate = stage.Model.Hold(afterTokens: 2);
        var probe = await stage.Person.SendAsync("How do I resume a stream after a disconnect?");
        await gate.WaitUntilHeldAsync();
        var beside = await stage.Person.SendAsync("a question beside the probe");
        ScenarioException.Require(beside.Body.Text("error_code") == "circuit_open", "two turns probed at once");
        gate.Release();
        var answered = await stage.Person.ReadTurnAsync(probe);
        ScenarioException.Require(answered[^2].Text("status") == "complete", "the probe did not succeed");
        var closed = await stage.Person.GetAsync($"/api/v1/threads/{stage.Person.Thread}");
        stage.Transcript.Line("server", $"the thread says breaker={closed.GetProperty("breaker")}");
        ScenarioException.Require(closed.GetProperty("breaker").Text("state") == "closed", "the success did not close the breaker");
    });
}
