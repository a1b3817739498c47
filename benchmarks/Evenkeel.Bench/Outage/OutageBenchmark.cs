using System.Text.Json;
using Evenkeel.Bench.Processes;
using Evenkeel.Bench.Turns;

namespace Evenkeel.Bench.Outage;

/// <summary>
/// The model answers 503 for a while under load, then works again; nothing else is touched. Shows who answers meanwhile, how often the model
/// is called, and how soon things are as before. Twice: with the built-in responder standing in, and with turns that fail.
/// </summary>
internal sealed class OutageBenchmark(BenchPaths paths, int downSeconds, int people)
{
    private const int WarmUpSeconds = 8;
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(1);

    /// <summary>Seconds in a row at nine tenths of before that count as recovered.</summary>
    private const int SteadySeconds = 5;

    private int BeforeSeconds => Math.Clamp(downSeconds / 3, 10, 20);

    /// <summary>Runs both; takes about three times the outage for each.</summary>
    public async Task<OutageReport> RunAsync(Action<string> say) => new()
    {
        Machine = Machine.Describe(), DownSeconds = downSeconds, People = people, PaceSeconds = Pace.TotalSeconds,
        WithFallback = await RunOnceAsync("with the built-in responder", isFallbackOn: true, say),
        WithoutFallback = await RunOnceAsync("without", isFallbackOn: false, say),
    };

    private async Task<OutageFigures> RunOnceAsync(string name, bool isFallbackOn, Action<string> say)
    {
        say($"{name}: starting the scripted model, the server and its database …");
        var modelAddress = new Uri($"http://127.0.0.1:{ChildProcess.FreePort()}");
        await using var model = await ChildProcess.StartAsync(
            paths.Model, ["--port", $"{modelAddress.Port}", "--first-delay", "100", "--delay", "5", "--remember", "0"],
            new Dictionary<string, string>(), new Uri(modelAddress, "/v1/models"));
        await using var server = await EvenkeelProcess.StartAsync(
            paths, modelAddress, new Dictionary<string, string> { ["Models__Chat__ExtractiveFallback"] = isFallbackOn ? "true" : "false" });
        var tokens = await Registration.RunAsync(server.Address, people);
        using var control = new HttpClient { BaseAddress = modelAddress };
        say($"{name}: warming up …");
        await UnderLoadAsync(server.Address, tokens, control, _ => Task.Delay(TimeSpan.FromSeconds(WarmUpSeconds)));
        var (downAt, backAt) = (0.0, 0.0);
        var curve = await UnderLoadAsync(server.Address, tokens, control, async running =>
        {
            await Task.Delay(TimeSpan.FromSeconds(BeforeSeconds));
            downAt = running.Now;
            say($"{name}: the model goes away for {downSeconds} s …");
            (await control.PostAsJsonAsync("/control/script", new { match = "", behaviour = new { kind = "server_error", status = 503 } })).EnsureSuccessStatusCode();
            await Task.Delay(TimeSpan.FromSeconds(downSeconds));
            backAt = running.Now;
            say($"{name}: the model is back …");
            (await control.PostAsync("/control/reset", null)).EnsureSuccessStatusCode();
            await RecoverAsync(running, downAt, backAt);
        });
        return OutageFigures.Of(curve.Whole(), downAt, backAt, SteadySeconds, server.LastLines);
    }

    private static async Task<OutageCurve> UnderLoadAsync(Uri server, string[] tokens, HttpClient control, Func<OutageCurve, Task> script)
    {
        using var stop = new CancellationTokenSource();
        var curve = new OutageCurve();
        var people = tokens.Select(token => new Person(server, token, curve, Pace)).ToArray();
        var asking = people.Select((person, index) => person.AskUntilAsync(Pace * index / people.Length, stop.Token)).ToArray();
        var counting = CountCallsAsync(control, curve, stop.Token);
        var scripted = script(curve);
        // A person whose request goes wrong ends the measurement at once.
        var first = await Task.WhenAny([scripted, counting, .. asking]);
        await stop.CancelAsync();
        await first;
        await Task.WhenAll([scripted, counting, .. asking]).WaitAsync(TimeSpan.FromMinutes(4));
        Array.ForEach(people, person => person.Dispose());
        return curve;
    }

    private static async Task CountCallsAsync(HttpClient control, OutageCurve curve, CancellationToken stop)
    {
        var before = await CountAsync(control);
        while (!stop.IsCancellationRequested)
        {
            await Task.WhenAny(Task.Delay(TimeSpan.FromMilliseconds(200), stop));
            var now = await CountAsync(control);
            curve.AddModelCalls(now - before);
            before = now;
        }
    }

    private static async Task<long> CountAsync(HttpClient control) =>
        (await control.GetFromJsonAsync<JsonElement>("/control/count")).GetProperty("requests").GetInt64();

    /// <summary>Waits until goodput is as before for a while and some seconds more, or for as long as it could reasonably take.</summary>
    private async Task RecoverAsync(OutageCurve curve, double downAt, double backAt)
    {
        var most = (2 * downSeconds) + 60;
        while (curve.Now - backAt < most && OutageFigures.RecoveredAt(curve.Whole(), downAt, backAt, SteadySeconds) is null)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(200));
        }

        await Task.Delay(TimeSpan.FromSeconds(SteadySeconds));
    }
}
