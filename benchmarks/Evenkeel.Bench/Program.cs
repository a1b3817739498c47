using System.CommandLine;
using System.Text.Json;
using Evenkeel.Bench;
using Evenkeel.Bench.Answers;
using Evenkeel.Bench.BareServers;
using Evenkeel.Bench.Connections;
using Evenkeel.Bench.Crashes;
using Evenkeel.Bench.Events;
using Evenkeel.Bench.Ingest;
using Evenkeel.Bench.Outage;
using Evenkeel.Bench.Retrieval;
using Evenkeel.Bench.Search;
using Evenkeel.Bench.Turns;
using Evenkeel.Faults.Runs;
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

var connections = new Command("connections", "Memory of idle sockets, and fan-out.") { server, model, results, rounds };
connections.SetAction(parsed => MeasureAsync("connections", Paths(parsed), async (paths, say) =>
{
    var report = await new ConnectionsBenchmark(paths, parsed.GetValue(rounds)).RunAsync(say);
    return (report, report.Print);
}));

var ingest = new Command("ingest", "Documents into passages, and what other tenants' turns notice of it.") { server, model, results, rounds, seconds };
ingest.SetAction(parsed => MeasureAsync("ingest", Paths(parsed), async (paths, say) =>
{
    var report = await new IngestBenchmark(paths, parsed.GetValue(rounds), parsed.GetValue(seconds)).RunAsync(say);
    return (report, report.Print);
}));

var down = new Option<int>("--down") { Description = "Seconds for which the model is away.", DefaultValueFactory = _ => 60 };
var people = new Option<int>("--clients") { Description = "People who ask, each every second.", DefaultValueFactory = _ => 40 };
var outage = new Command("outage", "The model away under load, then back: answers, model calls and recovery.") { server, model, results, down, people };
outage.SetAction(parsed => MeasureAsync("outage", Paths(parsed), async (paths, say) =>
{
    var report = await new OutageBenchmark(paths, parsed.GetValue(down), parsed.GetValue(people)).RunAsync(say);
    return (report, report.Print);
}));

var runs = new Option<int>("--runs") { Description = "Seeded runs; with 1 to 99 nothing else is done, with 0 only times are measured.", DefaultValueFactory = _ => 520 };
var seed = new Option<int?>("--seed") { Description = "The first run's seed; the others follow it." };
var kind = new Option<FaultKind?>("--kind") { Description = "Only this fault." };
var world = new Option<WorldKind?>("--world") { Description = "Only in this world." };
var kills = new Option<int>("--kills") { Description = "Kills of each measurement of time; 0 for none.", DefaultValueFactory = _ => 60 };
var crash = new Command("crash", "Faults in the real program: what must never happen, what must happen, and how long turns are away.")
{
    server, model, results, runs, seed, kind, world, kills,
};
crash.SetAction(async parsed =>
{
    var isGood = false;
    var exitCode = await MeasureAsync("crash", Paths(parsed), async (paths, say) =>
    {
        var options = new CrashOptions
        {
            Runs = parsed.GetValue(runs),
            Seed = parsed.GetValue(seed),
            Kind = parsed.GetValue(kind),
            World = parsed.GetValue(world),
            Kills = parsed.GetValue(kills),
        };
        var report = await new CrashBenchmark(paths, options).RunAsync(say);
        isGood = report.IsGood;
        return (report, report.Print);
    });
    return isGood ? exitCode : 1;
});

var data = new Option<string?>("--data") { Description = "Folder of the collections; otherwise EVENKEEL_DATA, otherwise shared/data/retrieval beside the repository." };
var sizes = new Option<int[]>("--sizes") { Description = "Passages of the chatbots whose speed is measured.", DefaultValueFactory = _ => [10_000, 100_000], AllowMultipleArgumentsPerToken = true };
var retrieval = new Command("retrieval", "What is found on published collections, and how fast.") { server, model, results, data, sizes };
retrieval.SetAction(parsed => MeasureAsync("retrieval", Paths(parsed), async (paths, say) =>
{
    var report = await new RetrievalBenchmark(Collections(parsed), paths.Results, parsed.GetRequiredValue(sizes)).RunAsync(say);
    return (report, report.Print);
}));

var answers = new Command("answers", "Answers without any model: how many hold the gold answer, in English and Chinese.") { server, model, results, data };
answers.SetAction(parsed => MeasureAsync("answers", Paths(parsed), async (paths, say) =>
{
    var report = await new AnswersBenchmark(paths, Path.Combine(Collections(parsed), "xquad")).RunAsync(say);
    return (report, report.Print);
}));

var events = new Option<int>("--events") { Description = "Events of the catalogue.", DefaultValueFactory = _ => 100_000 };
var searches = new Option<int>("--searches") { Description = "Searches of each kind.", DefaultValueFactory = _ => 1_000 };
var search = new Command("search", "A large catalogue: writing, indexing, and searches with facets.") { server, model, results, events, searches };
search.SetAction(parsed => MeasureAsync("search", Paths(parsed), async (paths, say) =>
{
    var report = await new SearchBenchmark(paths.Results, parsed.GetValue(events), parsed.GetValue(searches)).RunAsync(say);
    return (report, report.Print);
}));

var parts = new Option<EventsPart[]>("--parts") { Description = "Only these: recording, latency, dropping, latest, live.", AllowMultipleArgumentsPerToken = true };
var recorded = new Option<int>("--events") { Description = "Events of one round of recording.", DefaultValueFactory = _ => 400_000 };
var dayRows = new Option<int>("--day-rows") { Description = "Events of the day that is dropped.", DefaultValueFactory = _ => 10_000_000 };
var timelineSizes = new Option<int[]>("--sizes") { Description = "Events in the timeline when its newest are asked for.", DefaultValueFactory = _ => [500_000, 2_000_000, 5_000_000], AllowMultipleArgumentsPerToken = true };
var timeline = new Command("events", "The timeline: recording, what it costs a turn, forgetting a day, and reading the newest events.")
{
    server, model, results, rounds, seconds, parts, recorded, dayRows, timelineSizes,
};
timeline.SetAction(parsed => MeasureAsync("events", Paths(parsed), async (paths, say) =>
{
    var options = new EventsOptions
    {
        Parts = parsed.GetValue(parts) ?? [],
        Rounds = parsed.GetValue(rounds),
        Seconds = parsed.GetValue(seconds),
        Events = parsed.GetValue(recorded),
        DayRows = parsed.GetValue(dayRows),
        Sizes = parsed.GetRequiredValue(timelineSizes),
    };
    var report = await new EventsBenchmark(paths, options).RunAsync(say);
    return (report, report.Print);
}));

return await new RootCommand("Measures Evenkeel on this machine.")
{
    turns, connections, retrieval, ingest, answers, search, timeline, outage, crash,
    Serve("serve-echo", EchoServer.RunAsync), Serve("serve-hub", HubServer.RunAsync), Serve("serve-realtime", RealtimeServer.RunAsync),
}.Parse(args).InvokeAsync();

static Command Serve(string name, Func<int, Task> runAsync)
{
    var port = new Option<int>("--port") { Description = "Where to listen on 127.0.0.1.", Required = true };
    var command = new Command(name, "Used by the measurements: a server for comparison.") { port };
    command.Hidden = true;
    command.SetAction(parsed => runAsync(parsed.GetValue(port)));
    return command;
}

BenchPaths Paths(ParseResult parsed) =>
    new(parsed.GetRequiredValue(server), parsed.GetRequiredValue(model), parsed.GetRequiredValue(results));

string Collections(ParseResult parsed)
{
    var folder = parsed.GetValue(data) ?? Environment.GetEnvironmentVariable("EVENKEEL_DATA")
        ?? Path.Combine(parsed.GetRequiredValue(results), "../../../shared/data/retrieval");
    return Directory.Exists(Path.Combine(folder, "xquad")) ? folder
        : throw new BenchmarkException($"There are no collections in {Path.GetFullPath(folder)}: name their folder with --data.");
}

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
