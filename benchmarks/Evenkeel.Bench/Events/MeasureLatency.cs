using Evenkeel.Bench.Processes;
using Evenkeel.Bench.Turns;

namespace Evenkeel.Bench.Events;

/// <summary>
/// The same turns on two servers, one of which records nothing, in turn: what recording at full detail adds to a turn. With a model that answers at once a turn is
/// nothing but Evenkeel's own work, and recording's share of it the largest there can be; with one that takes its second, it is a turn as people have it.
/// </summary>
internal sealed class MeasureLatency(BenchPaths paths, int rounds, double seconds)
{
    private static readonly ModelPace[] Paces = [new("at once", 0, 0, [1, 8]), new("a second", 400, 20, [8, 32])];

    public async Task<IReadOnlyList<LatencyFigures>> RunAsync(Action<string> say)
    {
        var figures = new List<LatencyFigures>();
        foreach (var pace in Paces)
        {
            figures.AddRange(await RunAsync(pace, say));
        }

        return figures;
    }

    private async Task<IReadOnlyList<LatencyFigures>> RunAsync(ModelPace pace, Action<string> say)
    {
        var modelAddress = new Uri($"http://127.0.0.1:{ChildProcess.FreePort()}");
        await using var model = await ChildProcess.StartAsync(
            paths.Model,
            ["--port", $"{modelAddress.Port}", "--tokens", $"{TurnsBenchmark.Tokens}", "--first-delay", $"{pace.FirstDelay}", "--delay", $"{pace.Delay}", "--remember", "4"],
            new Dictionary<string, string>(),
            new Uri(modelAddress, "/v1/models"));
        await using var on = await EvenkeelProcess.StartAsync(paths, modelAddress, new Dictionary<string, string>());
        await using var off = await EvenkeelProcess.StartAsync(paths, modelAddress, new Dictionary<string, string> { ["Timeline__IsEnabled"] = "false" });
        var (withRecording, without) = (await ClientsAsync(on, model, pace.Levels[^1]), await ClientsAsync(off, model, pace.Levels[^1]));
        say($"model: {pace.Name}; warming up …");
        await withRecording.Load.RunAsync(withRecording.Clients, 8);
        await without.Load.RunAsync(without.Clients, 8);

        var figures = new List<LatencyFigures>();
        foreach (var level in pace.Levels)
        {
            var (recording, nothing) = (new List<Round>(), new List<Round>());
            for (var round = 0; round < rounds * 2; round++)
            {
                // Each goes first as often as the other.
                foreach (var isOn in round % 2 == 0 ? new[] { true, false } : [false, true])
                {
                    var (clients, load) = isOn ? withRecording : without;
                    (isOn ? recording : nothing).Add(await load.RunAsync(clients[..level], seconds));
                }

                say($"{level} clients, round {round + 1}/{rounds * 2}: {recording[^1].Final.P50:0.00} ms with recording, {nothing[^1].Final.P50:0.00} ms without");
            }

            figures.Add(new LatencyFigures(pace.Name, level, Round.Median(recording), Round.Median(nothing)));
        }

        return figures;
    }

    private static async Task<(ChatClient[] Clients, Load Load)> ClientsAsync(EvenkeelProcess server, ChildProcess model, int count)
    {
        var tokens = await Registration.RunAsync(server.Address, count);
        return ([.. tokens.Select(token => new ChatClient(server.Address, token, TurnsBenchmark.Answer))], new Load(new CpuMeter(server.Id, server.PostmasterId, model.Id)));
    }
}

/// <param name="Name">How long an answer takes.</param>
/// <param name="FirstDelay">Milliseconds to the first token.</param>
/// <param name="Delay">Milliseconds between two tokens.</param>
/// <param name="Levels">Clients at a time, ascending.</param>
internal sealed record ModelPace(string Name, int FirstDelay, int Delay, int[] Levels);
