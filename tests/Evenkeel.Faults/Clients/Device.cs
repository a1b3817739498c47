using System.Net.WebSockets;
using System.Text.Json;
using Evenkeel.Contracts.Chats;
using Evenkeel.Faults.Processes;

namespace Evenkeel.Faults.Clients;

/// <summary>
/// One screen on a conversation: a socket that is opened again with the last <c>seq</c> whenever it ends, and the state kept from its frames.
/// Whatever must not be shown is kept as a problem.
/// </summary>
public sealed class Device : IAsyncDisposable
{
    private const int RememberedFrames = 80;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(60);
    private static readonly TimeSpan ConnectPatience = TimeSpan.FromSeconds(3);

    private readonly CancellationTokenSource _stopping = new();
    private readonly Lock _lock = new();
    private readonly TaskCompletionSource _connected = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Queue<string> _frames = [];
    private readonly List<string> _problems = [];
    private readonly IReadOnlyList<Node> _servers;
    private readonly Person _person;
    private readonly Guid _thread;
    private readonly ShownThread _state;
    private readonly Task _connection;
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile ClientWebSocket? _socket;
    private int _server;

    /// <param name="person">Whose it is.</param>
    /// <param name="servers">Where it may connect; it begins with the one at <paramref name="first"/>.</param>
    /// <param name="first">Index into <paramref name="servers"/>.</param>
    /// <param name="thread">The conversation.</param>
    /// <param name="snapshot">What it loaded before.</param>
    public Device(Person person, IReadOnlyList<Node> servers, int first, Guid thread, MessagePage snapshot)
    {
        (_person, _servers, _server, _thread) = (person, servers, first, thread);
        _state = new ShownThread(snapshot) { MostPings = int.MaxValue };
        _connection = StayConnectedAsync(_stopping.Token);
    }

    /// <inheritdoc cref="ShownThread.LiveTextMayBeCut"/>
    public bool LiveTextMayBeCut { init => _state.LiveTextMayBeCut = value; }

    /// <summary>Called with every frame, before it is applied.</summary>
    public Action<JsonElement>? OnFrame { get; set; }

    /// <summary>What went wrong on this screen.</summary>
    public IReadOnlyList<string> Problems => Look(_ => _problems.ToArray());

    /// <summary>What came last, with the breaks between connections.</summary>
    public IReadOnlyList<string> LastFrames => Look(_ => _frames.ToArray());

    /// <summary>The conversation as it is shown.</summary>
    public string Text => Look(state => state.Text);

    public bool ShowsTyping => Look(state => state.ShowsTyping);

    /// <summary>Returns when it is connected.</summary>
    public Task WaitUntilConnectedAsync(CancellationToken cancellationToken) => _connected.Task.WaitAsync(cancellationToken);

    /// <summary>Waits until the screen shows what <paramref name="isSo"/> asks for.</summary>
    /// <returns>False when it was cancelled before.</returns>
    public async Task<bool> WaitUntilAsync(Func<ShownThread, bool> isSo, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task changed;
            lock (_lock)
            {
                if (isSo(_state))
                {
                    return true;
                }

                changed = _changed.Task;
            }

            try
            {
                await changed.WaitAsync(cancellationToken);
            }
            catch (OperationCanceledException)
            {
                return false;
            }
        }
    }

    /// <summary>Breaks the connection without a word; it comes back by itself.</summary>
    public void Drop() => _socket?.Abort();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        Drop();
        await _connection;
        _stopping.Dispose();
    }

    private T Look<T>(Func<ShownThread, T> look)
    {
        lock (_lock)
        {
            return look(_state);
        }
    }

    private async Task StayConnectedAsync(CancellationToken cancellationToken)
    {
        for (; !cancellationToken.IsCancellationRequested; _server++)
        {
            using var socket = new ClientWebSocket();
            try
            {
                await ConnectAsync(socket, cancellationToken);
                _socket = socket;
                while (await ReadAsync(socket, cancellationToken) is { } frame)
                {
                    Apply(frame);
                }

                Note($"-- closed {(int?)socket.CloseStatus}");
                if ((int?)socket.CloseStatus == 4401)
                {
                    await _person.SignInAsync(_servers[_server % _servers.Count].Address, cancellationToken);
                }
            }
            catch (Exception exception) when (exception is WebSocketException or OperationCanceledException or HttpRequestException or IOException or ObjectDisposedException)
            {
                Note($"-- {exception.GetType().Name}");
            }

            await Task.Delay(Pause, CancellationToken.None);
        }
    }

    private async Task ConnectAsync(ClientWebSocket socket, CancellationToken cancellationToken)
    {
        var server = _servers[_server % _servers.Count];
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(ConnectPatience);
        var address = $"ws://{server.Address.Authority}/ws/chat/{_thread}?token={_person.Token}&after_seq={Look(state => state.LastSeq)}";
        await socket.ConnectAsync(new Uri(address), patience.Token);
        Note($"-- connected to {server.Name}");
        lock (_lock)
        {
            _state.Connected();
        }

        _connected.TrySetResult();
    }

    private static async Task<JsonElement?> ReadAsync(ClientWebSocket socket, CancellationToken cancellationToken)
    {
        using var frame = new MemoryStream();
        var buffer = new byte[16 * 1024];
        while (true)
        {
            var part = await socket.ReceiveAsync(buffer.AsMemory(), cancellationToken);
            if (part.MessageType == WebSocketMessageType.Close)
            {
                return null;
            }

            frame.Write(buffer, 0, part.Count);
            if (part.EndOfMessage)
            {
                return JsonDocument.Parse(frame.ToArray()).RootElement;
            }
        }
    }

    private void Apply(JsonElement frame)
    {
        Note(frame.GetRawText());
        OnFrame?.Invoke(frame);
        TaskCompletionSource changed;
        lock (_lock)
        {
            try
            {
                _state.Apply(frame);
            }
            catch (Exception exception)
            {
                _problems.Add(exception.Message);
            }

            changed = _changed;
            _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        changed.TrySetResult();
    }

    private void Note(string line)
    {
        lock (_lock)
        {
            _frames.Enqueue($"{DateTime.UtcNow:HH:mm:ss.fff} {line}");
            if (_frames.Count > RememberedFrames)
            {
                _frames.Dequeue();
            }
        }
    }
}
