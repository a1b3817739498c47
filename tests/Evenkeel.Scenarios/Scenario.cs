using Evenkeel.ScriptedModel;

namespace Evenkeel.Scenarios;

/// <summary>A story of the product, played against the real server.</summary>
/// <param name="Name">As given to <c>./scenario</c>.</param>
/// <param name="Shows">What it shows, in one sentence.</param>
/// <param name="PlayAsync">Plays it; throws <see cref="ScenarioException"/> where the product does otherwise.</param>
public sealed record Scenario(string Name, string Shows, Func<Stage, Task> PlayAsync)
{
    /// <summary>Settings of the server beside the model's.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>All of them, in the order of the documentation.</summary>
    public static IReadOnlyList<Scenario> All { get; } =
    [
        Scenarios.BaselineScenario.Scenario, Scenarios.FailureScenario.Scenario, Scenarios.BreakerScenario.Scenario, Scenarios.TimeoutScenario.Scenario,
        Scenarios.ModerationScenario.Scenario,
    ];

    /// <summary>The settings of a server that plays this scenario on <paramref name="model"/>.</summary>
    public Dictionary<string, string?> SettingsFor(ScriptedModelServer model)
    {
        var settings = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["Models:Chat:Provider"] = "openai",
            ["Models:Chat:Endpoint"] = model.OpenAiEndpoint.ToString(),
            ["Models:Chat:Model"] = "scripted",
            ["Debug:ForceErrors"] = "true",
        };
        foreach (var (name, value) in Settings)
        {
            settings[name] = value;
        }

        return settings;
    }

    /// <summary>Plays it on a server that runs, and writes transcript and telemetry.</summary>
    public async Task RunAsync(Uri server, ScriptedModelServer model, TextWriter output)
    {
        var transcript = new Transcript(output);
        transcript.Write($"# {Name}: {Shows}");
        await using var person = await Person.RegisterAsync(server, transcript);
        var stage = new Stage(person, model, transcript);
        await PlayAsync(stage);
        await Telemetry.WriteAsync(person, transcript);
    }
}

/// <summary>Who and what takes part.</summary>
/// <param name="Person">Who asks.</param>
/// <param name="Model">The model server, which does as told.</param>
/// <param name="Transcript">What is shown.</param>
public sealed record Stage(Person Person, ScriptedModelServer Model, Transcript Transcript);
