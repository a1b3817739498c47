using System.Globalization;
using Evenkeel.Bench.Clients;
using Evenkeel.Bench.Processes;

namespace Evenkeel.Bench.Connections;

/// <summary>A server under comparison: how it is started and how one connects to it.</summary>
/// <param name="Name">In the report.</param>
/// <param name="Command">This program's verb that runs it.</param>
/// <param name="ConnectAsync">A new socket, ready to receive.</param>
internal sealed record SubjectKind(string Name, string Command, Func<Uri, Guid, Task<RawWebSocket>> ConnectAsync)
{
    public static SubjectKind Echo { get; } = new("bare Kestrel", "serve-echo", (server, _) => RawWebSocket.ConnectAsync(server, "/ws"));

    public static SubjectKind Hub { get; } = new("bare SignalR", "serve-hub", async (server, _) =>
    {
        var socket = await RawWebSocket.ConnectAsync(server, "/hub");
        await socket.SendAsync("{\"protocol\":\"json\",\"version\":1}\u001e"u8);
        await socket.ReadAsync(); // {} and the separator: it is in
        return socket;
    });

    public static SubjectKind Realtime { get; } = new("Evenkeel delivery", "serve-realtime", async (server, thread) =>
    {
        var socket = await RawWebSocket.ConnectAsync(server, $"/ws/chat/{thread}?token=a.b.c");
        await socket.ReadAsync(); // the greeting: it is live
        return socket;
    });
}

/// <summary>A running one.</summary>
internal sealed class Subject : IAsyncDisposable
{
    private readonly ChildProcess _process;
    private readonly HttpClient _http;

    private Subject(ChildProcess process, Uri address) =>
        (_process, Address, _http) = (process, address, new HttpClient { BaseAddress = address, Timeout = TimeSpan.FromMinutes(2) });

    public Uri Address { get; }

    public int Id => _process.Id;

    public static async Task<Subject> StartAsync(SubjectKind kind)
    {
        var address = new Uri($"http://127.0.0.1:{ChildProcess.FreePort()}");
        var process = await ChildProcess.StartAsync(
            typeof(Subject).Assembly.Location, [kind.Command, "--port", $"{address.Port}"], new Dictionary<string, string>(), address);
        return new Subject(process, address);
    }

    /// <summary>Bytes alive on its heap.</summary>
    public async Task<long> HeapAsync() => long.Parse(await _http.GetStringAsync("/heap"), CultureInfo.InvariantCulture);

    /// <summary>Publishes messages as fast as it takes them.</summary>
    public Task BurstAsync(int count) => PostAsync($"/burst?count={count}");

    /// <summary>Publishes messages evenly.</summary>
    public Task PaceAsync(double rate, int count) => PostAsync(string.Create(CultureInfo.InvariantCulture, $"/pace?rate={rate}&count={count}"));

    public ValueTask DisposeAsync()
    {
        _http.Dispose();
        return _process.DisposeAsync();
    }

    private async Task PostAsync(string path) => (await _http.PostAsync(path, null)).EnsureSuccessStatusCode().Dispose();
}
