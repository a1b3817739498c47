using System.CommandLine;
using System.Text.Json;
using Evenkeel.Bench;
using Evenkeel.Bench.Turns;
using Spectre.Console;

var server = new Option<string>("--server") { Description = "The published server's evenkeel.dll.", Required = true };
var model = new Option<string>("--model") { Description = "The published scripted model's dll.", Required = true };
var results = new Option<string>("--results") { Description = "Where figures go.", Required = true };
var rounds = new Option<int>("--rounds") { Description = "Repetitions; medians are reported.", DefaultValueFactory = _ => 3 };
var seconds = new Option<double>("--seconds") { Description = "Length of one measurement.", DefaultValueFactory = _ => 4 };

var turns = new Command("turns", "Whole turns: latency, throughput, CPU and memory.") { server, model, results, rounds, seconds };
turns.SetAction(parsed => MeasureAsync("turns", Paths(parsed), async (paths, say) =>
{
    var report = await new TurnsBenchmark(paths, parsed.GetValue(rounds), parsed.GetValue(seconds)).RunAsync(say);
    return (report, report.Print);
}));

return await new RootCommand("Measures Evenkeel on this machine.") { turns }.Parse(args).InvokeAsync();

BenchPaths Paths(ParseResult parsed) =>
    new(parsed.GetRequiredValue(server), parsed.GetRequiredValue(model), parsed.GetRequiredValue(results));

static async Task<int> MeasureAsync(string name, BenchPaths paths, Func<BenchPaths, Action<string>, Task<(object Report, Action<IAnsiConsole> Print)>> measure)
{
    Directory.CreateDirectory(paths.Results);
    try
    {
        var (report, print) = await measure(paths, step => Console.Error.WriteLine($"bench: {step}"));
        var file = Path.Combine(paths.Results, $"{name}.json");
        await File.WriteAllTextAsync(file, JsonSerializer.Serialize(report, BenchJson.Options) + "\n");
        AnsiConsole.Profile.Width = 140;
        print(AnsiConsole.Console);
        AnsiConsole.WriteLine($"as JSON: {file}");
        return 0;
    }
    catch (BenchmarkException exception)
    {
        await Console.Error.WriteLineAsync($"bench: {exception.Message}");
        return 1;
    }
}
