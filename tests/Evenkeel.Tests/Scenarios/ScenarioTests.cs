using Evenkeel.Scenarios;
using Evenkeel.ScriptedModel;
using Evenkeel.Tests.Harness;
using Shouldly;
using Xunit;

namespace Evenkeel.Tests.Scenarios;

/// <summary>What <c>./scenario NAME</c> and the stability document show is what the product does.</summary>
public sealed class ScenarioTests
{
    public static TheoryData<string> Names => [.. Scenario.All.Select(scenario => scenario.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_scenario_goes_as_it_says(string name)
    {
        var scenario = Scenario.All.Single(one => one.Name == name);
        await using var model = await ScriptedModelServer.StartAsync(ct: TestContext.Current.CancellationToken);
        await using var server = await TestServer.StartAsync(scenario.SettingsFor(model));
        using var transcript = new StringWriter();

        try
        {
            await scenario.RunAsync(server.Address, model, transcript);
        }
        catch (ScenarioException exception)
        {
            Assert.Fail($"{exception.Message}\n{transcript}");
        }

        transcript.ToString().ShouldContain("## Timeline");
    }
}
