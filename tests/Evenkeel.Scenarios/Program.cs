using Evenkeel.ScriptedModel;

namespace Evenkeel.Scenarios;

internal static class Program
{
    /// <summary><c>scenarios NAME SERVER DATA</c>: plays a scenario on the published server; made for <c>./scenario</c>.</summary>
    public static async Task<int> Main(string[] args)
    {
        if (args is not [var name, var program, var data] || Scenario.All.FirstOrDefault(one => one.Name == name) is not { } scenario)
        {
            foreach (var one in Scenario.All)
            {
                Console.WriteLine($"  {one.Name,-12} {one.Shows}");
            }

            return 2;
        }

        try
        {
            await using var model = await ScriptedModelServer.StartAsync();
            await using var server = await ServerProcess.StartAsync(program, data, scenario.SettingsFor(model));
            await scenario.RunAsync(server.Address, model, Console.Out);
            Console.WriteLine($"\n{name}: as it should be");
            return 0;
        }
        catch (ScenarioException exception)
        {
            await Console.Error.WriteLineAsync($"{name}: {exception.Message}");
            return 1;
        }
    }
}
