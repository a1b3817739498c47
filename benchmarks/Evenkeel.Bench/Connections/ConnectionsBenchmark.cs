using Evenkeel.Bench.Processes;
using Evenkeel.Bench.Turns;

namespace Evenkeel.Bench.Connections;

/// <summary>Idle sockets and broadcasts; every subject in a process of its own, one after the other in each round.</summary>
internal sealed class ConnectionsBenchmark(BenchPaths paths, int rounds)
{
    private static readonly int[] Audiences = [500, 2_000];

    public async Task<ConnectionsReport> RunAsync(Action<string> say)
    {
        var idle = new Dictionary<string, List<IdleFigures>>(StringComparer.Ordinal);
        var fanOut = new Dictionary<string, List<FanOutFigures>>(StringComparer.Ordinal);
        var turns = new Dictionary<string, TurnFanOutFigures>(StringComparer.Ordinal);
        for (var round = 1; round <= rounds; round++)
        {
            say($"round {round}/{rounds}: {IdleSockets.Sockets} idle sockets …");
            foreach (var kind in new[] { SubjectKind.Echo, SubjectKind.Hub, SubjectKind.Realtime })
            {
                Of(idle, kind.Name).Add(await IdleSockets.OfAsync(kind));
            }

            foreach (var sockets in Audiences)
            {
                say($"round {round}/{rounds}: broadcasts to {sockets} sockets …");
                Of(fanOut, $"{SubjectKind.Hub.Name}, {sockets} sockets").Add(await FanOut.OfAsync(SubjectKind.Hub, sockets));
                Of(fanOut, $"{SubjectKind.Realtime.Name}, {sockets} sockets").Add(await FanOut.OfAsync(SubjectKind.Realtime, sockets));
            }

            say($"round {round}/{rounds}: the whole server …");
            await WithServerAsync(async server => Of(idle, "Evenkeel server").Add(await IdleSockets.OfEvenkeelAsync(server)));
        }

        say("whole turns before many sockets …");
        await WithServerAsync(async server =>
        {
            var token = (await Registration.RunAsync(server.Address, 1))[0];
            foreach (var sockets in Audiences)
            {
                turns[$"{sockets} sockets"] = await TurnFanOut.OfAsync(server, token, sockets);
            }
        });
        return new ConnectionsReport
        {
            Machine = Machine.Describe(), Rounds = rounds, Turns = turns,
            Idle = idle.ToDictionary(entry => entry.Key, entry => IdleFigures.Median(entry.Value), StringComparer.Ordinal),
            FanOut = fanOut.ToDictionary(entry => entry.Key, entry => FanOutFigures.Median(entry.Value), StringComparer.Ordinal),
        };
    }

    private static List<T> Of<T>(Dictionary<string, List<T>> figures, string name) =>
        figures.TryGetValue(name, out var list) ? list : figures[name] = [];

    private async Task WithServerAsync(Func<EvenkeelProcess, Task> measure)
    {
        var modelAddress = new Uri($"http://127.0.0.1:{ChildProcess.FreePort()}");
        await using var model = await ChildProcess.StartAsync(
            paths.Model, ["--port", $"{modelAddress.Port}", "--tokens", $"{TurnsBenchmark.Tokens}", "--remember", "0"],
            new Dictionary<string, string>(), new Uri(modelAddress, "/v1/models"));
        await using var server = await EvenkeelProcess.StartAsync(paths, modelAddress, new Dictionary<string, string>
        {
            ["Realtime__MaxConnectionsPerUser"] = "100000",
            ["Chat__ConcurrentTurnsPerOrganization"] = "256",
        });
        await measure(server);
    }
}
