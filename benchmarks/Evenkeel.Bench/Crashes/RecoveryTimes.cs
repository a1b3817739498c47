using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Evenkeel.Faults.Clients;
using Evenkeel.Faults.Processes;
using Evenkeel.Faults.Runs;
using Evenkeel.ScriptedModel;

namespace Evenkeel.Bench.Crashes;

/// <summary>From <c>kill -9</c> of whatever runs a turn to the first new text of it on a screen.</summary>
internal sealed class RecoveryTimes(BenchPaths paths, string folder, Action<string> say)
{
    private const string Question = "tell me something long";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>A second process that runs turns is alive; the screen is connected to it or to a third.</summary>
    public async Task<Spread> WithSecondWorkerAsync(int kills, CancellationToken cancellationToken)
    {
        await using var world = await WorldKind.Pair.StartAsync(paths.Server, Path.Combine(folder, "recovery"), cancellationToken);
        using var person = await Person.RegisterAsync(world.WebNodes, cancellationToken);
        var times = new List<double>();
        for (var kill = 1; kill <= kills; kill++)
        {
            var scene = await BeginAsync(world.Model, person, cancellationToken);
            var runner = await world.WorkerOfAsync(scene.TurnId, cancellationToken) ?? throw new BenchmarkException("The turn is run by no process that is known.");
            var survivor = world.Nodes.First(node => node != runner);
            times.Add(await TimeAsync(scene, person, [survivor], () => runner.Kill(), cancellationToken));
            await world.EnsureRunningAsync(cancellationToken);
            Tell("with a second worker", kill, kills, times);
        }

        return Spread.Of(times);
    }

    /// <summary>Server and embedded database are killed together, and the same command is given again at once.</summary>
    public async Task<Spread> AfterRestartAsync(int kills, CancellationToken cancellationToken)
    {
        var data = Path.Combine(folder, "restart");
        Directory.CreateDirectory(data);
        await using var model = await ScriptedModelServer.StartAsync(ct: cancellationToken);
        await using var server = new Node(paths.Server, "server", null, Settings(data, model), folder);
        server.Start();
        await server.WaitUntilReadyAsync(cancellationToken);
        using var person = await Person.RegisterAsync([server], cancellationToken);
        var times = new List<double>();
        for (var kill = 1; kill <= kills; kill++)
        {
            var scene = await BeginAsync(model, person, cancellationToken);
            var postmaster = Postmaster(data);
            times.Add(await TimeAsync(scene, person, [server], () => KillAndStart(server, postmaster), cancellationToken));
            await server.WaitUntilReadyAsync(cancellationToken);
            Tell("after a full restart", kill, kills, times);
        }

        // Its database goes with it.
        await server.AskToStopAsync(cancellationToken);
        return Spread.Of(times);
    }

    private static void KillAndStart(Node server, int postmaster)
    {
        // The database first: a server that saw it die would start it again.
        Signals.Kill(postmaster);
        server.Kill();
        server.Start();
    }

    /// <summary>A turn whose answer has begun and goes no further.</summary>
    private static async Task<Scene> BeginAsync(ScriptedModelServer model, Person person, CancellationToken cancellationToken)
    {
        model.Reset();
        var gate = model.Hold(5);
        model.Play(new Behaviour { Kind = BehaviourKind.Delay, DelayMs = 20 });
        var client = new ConversationClient(person, new());
        var sent = await client.SendAsync(Question, [0], cancellationToken);
        await gate.WaitUntilHeldAsync(cancellationToken);
        return new Scene(sent.ThreadId, sent.TurnId, client);
    }

    private static async Task<double> TimeAsync(Scene scene, Person person, IReadOnlyList<Node> servers, Action kill, CancellationToken cancellationToken)
    {
        var isBack = new TaskCompletionSource<long>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var screen = new Device(person, servers, 0, scene.ThreadId, await scene.Client.LoadAsync(cancellationToken))
        {
            OnFrame = frame => NoteText(frame, scene.TurnId, isBack),
        };
        await screen.WaitUntilConnectedAsync(cancellationToken);
        var killed = Stopwatch.GetTimestamp();
        kill();
        return Stopwatch.GetElapsedTime(killed, await isBack.Task.WaitAsync(Patience, cancellationToken)).TotalMilliseconds;
    }

    /// <summary>Text of a later attempt, or the whole answer where the screen was back later than that.</summary>
    private static void NoteText(JsonElement frame, Guid turn, TaskCompletionSource<long> isBack)
    {
        var isText = frame.GetProperty("type").ValueEquals("chat_delta") && frame.GetProperty("attempt").GetInt32() > 1;
        var isAnswer = frame.GetProperty("type").ValueEquals("chat_message") && frame.GetProperty("role").ValueEquals("assistant");
        if ((isText || isAnswer) && frame.GetProperty("turn_id").GetGuid() == turn)
        {
            isBack.TrySetResult(Stopwatch.GetTimestamp());
        }
    }

    private static int Postmaster(string data)
    {
        var file = Directory.EnumerateFiles(data, "postmaster.pid", SearchOption.AllDirectories).First();
        return int.Parse(File.ReadLines(file).First(), CultureInfo.InvariantCulture);
    }

    private static Dictionary<string, string?> Settings(string data, ScriptedModelServer model) => new(StringComparer.Ordinal)
    {
        ["Data:Directory"] = data,
        ["Models:Chat:Provider"] = "openai",
        ["Models:Chat:Endpoint"] = model.OpenAiEndpoint.ToString(),
        ["Models:Chat:Model"] = "scripted",
        ["Chat:SendsPerMinute"] = "0",
        ["Logging:LogLevel:Default"] = "Warning",
    };

    private void Tell(string what, int kill, int kills, List<double> times)
    {
        if (kill % 10 == 0)
        {
            say($"{what}: {kill}/{kills} kills, {Spread.Of(times)}");
        }
    }

    private sealed record Scene(Guid ThreadId, Guid TurnId, ConversationClient Client);
}
