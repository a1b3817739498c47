using System.Text;
using System.Text.Json;
using Evenkeel.Bench.Processes;

namespace Evenkeel.Bench.Turns;

/// <summary>
/// Whole turns through the real server, database and sockets, with a scripted model that answers at once; and the same requests straight
/// to that model, in turn with them, so that both see the same machine.
/// </summary>
internal sealed class TurnsBenchmark(BenchPaths paths, int rounds, double seconds)
{
    /// <summary>Length of every answer.</summary>
    public const int Tokens = 32;

    private const double FloorShare = 0.4;
    private const string SlowMark = " (slow model)";
    private const int SlowClients = 8;
    private static readonly int[] Levels = [1, 8, 32, 64];
    /// <summary>What the scripted model says.</summary>
    public static readonly string Answer = string.Join(' ', Enumerable.Range(1, Tokens).Select(number => $"word{number}"));

    /// <summary>Runs everything; takes about two minutes.</summary>
    public async Task<TurnsReport> RunAsync(Action<string> say)
    {
        say("starting the scripted model, the server and its database …");
        var modelAddress = new Uri($"http://127.0.0.1:{ChildProcess.FreePort()}");
        await using var model = await ChildProcess.StartAsync(
            paths.Model, ["--port", $"{modelAddress.Port}", "--tokens", $"{Tokens}", "--remember", "4"], new Dictionary<string, string>(), new Uri(modelAddress, "/v1/models"));
        await using var server = await EvenkeelProcess.StartAsync(paths, modelAddress, new Dictionary<string, string>());
        say($"registering {Levels[^1]} people, each with an organization and its documents …");
        var tokens = await Registration.RunAsync(server.Address, Levels[^1]);
        var clients = tokens.Select(token => new ChatClient(server.Address, token, Answer)).ToArray();
        var load = new Load(new CpuMeter(server.Id, server.PostmasterId, model.Id));
        var memory = new MemoryWatch(server);

        say("warming up …");
        memory.Take("start");
        await load.RunAsync(clients, 12);
        var prompt = await PromptAsync(modelAddress);
        var floor = Enumerable.Range(0, Levels[^1]).Select(_ => new ModelClient(modelAddress, prompt, $" word{Tokens}\"")).ToArray();
        await load.RunAsync(floor[..8], 2);
        memory.Take("warm");

        var levels = await MeasureAsync(load, clients, floor, memory, say);
        var slow = await MeasureSlowAsync(load, clients, floor, modelAddress, prompt, say);
        return new TurnsReport
        {
            Machine = Machine.Describe(), Rounds = rounds, SecondsPerRound = seconds, TokensPerAnswer = Tokens, PromptBytes = prompt.Length,
            TurnsPerConversation = ChatClient.TurnsPerThread, Levels = levels, SlowModel = slow, Memory = memory.Figures, ServerWarnings = server.LastLines,
        };
    }

    private async Task<IReadOnlyList<LevelFigures>> MeasureAsync(
        Load load, ChatClient[] clients, ModelClient[] floor, MemoryWatch memory, Action<string> say)
    {
        var (turns, direct) = (Levels.ToDictionary(level => level, _ => new List<Round>()), Levels.ToDictionary(level => level, _ => new List<Round>()));
        for (var round = 1; round <= rounds; round++)
        {
            foreach (var level in Levels)
            {
                direct[level].Add(await load.RunAsync(floor[..level], seconds * FloorShare));
                turns[level].Add(await load.RunAsync(clients[..level], seconds));
                memory.Take($"{level} clients");
                say($"round {round}/{rounds}, {level} clients: {turns[level][^1].TurnsPerSecond:0} turns/s, model alone {direct[level][^1].TurnsPerSecond:0}/s");
            }
        }

        return [.. Levels.Select(level => new LevelFigures(level, Round.Median(turns[level]), Round.Median(direct[level])))];
    }

    /// <summary>A model that takes its time, as models do: what Evenkeel adds is then seen without waiting for a processor.</summary>
    private async Task<LevelFigures> MeasureSlowAsync(
        Load load, ChatClient[] clients, ModelClient[] floor, Uri modelAddress, byte[] prompt, Action<string> say)
    {
        using var http = new HttpClient { BaseAddress = modelAddress };
        (await http.PostAsJsonAsync("/control/script", new
        {
            match = SlowMark.Trim(),
            behaviour = new { kind = "delay", first_delay_ms = 150, delay_ms = 10 },
        })).EnsureSuccessStatusCode();
        var slowPrompt = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(prompt).Replace("?\"", $"?{SlowMark}\"", StringComparison.Ordinal));
        var slowFloor = floor[..SlowClients].Select(_ => new ModelClient(modelAddress, slowPrompt, $" word{Tokens}\"")).ToArray();
        var (turns, direct) = (new List<Round>(), new List<Round>());
        for (var round = 1; round <= rounds; round++)
        {
            Array.ForEach(clients, client => client.Mark = SlowMark);
            direct.Add(await load.RunAsync(slowFloor, seconds * FloorShare));
            turns.Add(await load.RunAsync(clients[..SlowClients], seconds * 2));
            say($"round {round}/{rounds}, slow model: first delta {turns[^1].FirstDelta.P50:0.0} ms, model alone {direct[^1].FirstDelta.P50:0.0} ms");
        }

        return new LevelFigures(SlowClients, Round.Median(turns), Round.Median(direct));
    }

    /// <summary>The body of the newest request that the server made, so that the floor is the same work.</summary>
    private static async Task<byte[]> PromptAsync(Uri modelAddress)
    {
        using var http = new HttpClient { BaseAddress = modelAddress };
        var requests = await http.GetFromJsonAsync<JsonElement>("/control/requests");
        return Encoding.UTF8.GetBytes(requests.EnumerateArray().Last().GetProperty("body").GetString()!);
    }
}
