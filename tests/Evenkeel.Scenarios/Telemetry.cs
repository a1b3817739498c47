using System.Text.Json;

namespace Evenkeel.Scenarios;

/// <summary>What the server recorded of a scenario: the timeline and the metrics.</summary>
internal static class Telemetry
{
    /// <summary>Writes both as tables.</summary>
    public static async Task WriteAsync(Person person, Transcript transcript)
    {
        transcript.Step("Timeline");
        foreach (var happening in await EventsAsync(person))
        {
            var line = $"{happening.Text("seq"),4}  attempt {happening.Text("attempt")}  {happening.Text("event_type"),-24} {happening.Text("event_status"),-10}";
            transcript.Write($"{line} {happening.Text("processing_time_ms"),9} ms  {happening.Text("error_severity")} {happening.Text("event_data")}".TrimEnd());
        }

        if (await person.GetTextAsync("/metrics") is { } metrics)
        {
            transcript.Step("Metrics");
            foreach (var line in metrics.Split('\n').Where(line => line.StartsWith("evenkeel_", StringComparison.Ordinal) && !line.Contains("_bucket", StringComparison.Ordinal)))
            {
                transcript.Write(line);
            }
        }

        transcript.Step("Log lines of these turns carry");
        foreach (var correlationId in person.CorrelationIds)
        {
            transcript.Write(correlationId);
        }
    }

    // Most events are written within a moment of the turn's end: until the last turn's are there.
    private static async Task<IReadOnlyList<JsonElement>> EventsAsync(Person person)
    {
        for (var tries = 0; ; tries++)
        {
            var events = (await person.GetAsync($"/chat/events/{person.Thread}?limit=200")).GetProperty("items").EnumerateArray().ToArray();
            if (tries == 50 || events.Any(one => one.Text("correlation_id") == person.CorrelationIds[^1] && one.Text("event_type") is "saving_message" or "error"))
            {
                return events;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100));
        }
    }
}
