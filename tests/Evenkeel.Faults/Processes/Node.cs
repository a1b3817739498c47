using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using Evenkeel.Faults.Proxy;

namespace Evenkeel.Faults.Processes;

/// <summary>One process of the real program, started again on the same address as often as it is killed, with its own way to PostgreSQL.</summary>
public sealed partial class Node : IAsyncDisposable
{
    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(20);

    private readonly string _program;
    private readonly Dictionary<string, string?> _environment;
    private readonly string _log;
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(5) };
    private readonly HashSet<Guid> _workers = [];
    private Process? _process;
    private volatile bool _isAskedToStop;
    private volatile bool _isKilled;
    private volatile bool _hasBroker;

    /// <param name="program">The path of <c>evenkeel.dll</c>.</param>
    /// <param name="name">For people; also of its log.</param>
    /// <param name="proxy">Its way to PostgreSQL; null when its settings say another.</param>
    /// <param name="settings">As in the environment, with <c>:</c> or <c>__</c> between parts.</param>
    /// <param name="folder">For its log.</param>
    public Node(string program, string name, PostgresProxy? proxy, IReadOnlyDictionary<string, string?> settings, string folder)
    {
        (_program, Name, Proxy, _log) = (program, name, proxy, Path.Combine(folder, $"{name}.log"));
        Address = new Uri($"http://127.0.0.1:{FreePort()}");
        _environment = settings.ToDictionary(one => one.Key.Replace(":", "__", StringComparison.Ordinal), one => one.Value, StringComparer.Ordinal);
        _environment["Urls"] = Address.ToString().TrimEnd('/');
        if (proxy is not null)
        {
            _environment["ConnectionStrings__Evenkeel"] = proxy.ConnectionString;
        }
    }

    public string Name { get; }

    /// <summary>The same after every start.</summary>
    public Uri Address { get; }

    public PostgresProxy? Proxy { get; }

    public bool IsWeb => Roles.Contains("web", StringComparison.Ordinal);

    public bool IsWorker => Roles.Contains("worker", StringComparison.Ordinal);

    public bool IsRunning => _process is { HasExited: false };

    /// <summary>It was frozen and not thawed.</summary>
    public bool IsFrozen { get; private set; }

    private string Roles => _environment.GetValueOrDefault("Roles") ?? "web,worker";

    /// <summary>Starts it; returns before it answers.</summary>
    public void Start()
    {
        var start = new ProcessStartInfo("dotnet", [_program, "serve"]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (key, value) in _environment)
        {
            start.Environment[key] = value;
        }

        _process?.Dispose();
        _isAskedToStop = false;
        _isKilled = false;
        _hasBroker = false;
        _process = Process.Start(start)!;
        _process.OutputDataReceived += (_, line) => Keep(line.Data);
        _process.ErrorDataReceived += (_, line) => Keep(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>Returns when it answers requests and its database is there.</summary>
    public async Task WaitUntilReadyAsync(CancellationToken cancellationToken)
    {
        for (var started = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(started) < StartTimeout; await Task.Delay(Poll, cancellationToken))
        {
            if (!IsRunning && _isKilled)
            {
                // A fault that struck only now.
                Start();
            }
            else if (!IsRunning)
            {
                throw new InvalidOperationException($"{Name} ended while it started; see {_log}:\n{LastLines()}");
            }

            try
            {
                using var answer = await _http.GetAsync(new Uri(Address, "/health/ready"), cancellationToken);
                if (answer.IsSuccessStatusCode)
                {
                    return;
                }
            }
            catch (Exception exception) when (exception is HttpRequestException || (exception is TaskCanceledException && !cancellationToken.IsCancellationRequested))
            {
                // Not listening yet.
            }
        }

        throw new TimeoutException($"{Name} did not get ready; see {_log}:\n{LastLines()}");
    }

    /// <summary>Returns when it says that it is connected to the broker, or that the broker is away.</summary>
    public async Task WaitUntilBrokerAsync(bool isThere, CancellationToken cancellationToken)
    {
        while (_hasBroker != isThere)
        {
            await Task.Delay(Poll, cancellationToken);
        }
    }

    /// <summary><c>kill -9</c>; returns when the process is gone.</summary>
    public void Kill()
    {
        if (_process is { HasExited: false } process)
        {
            _isKilled = true;
            Signals.Kill(process.Id);
            process.WaitForExit();
        }

        IsFrozen = false;
    }

    public void Freeze()
    {
        IsFrozen = true;
        Signals.Freeze(_process!.Id);
    }

    public void Thaw()
    {
        IsFrozen = false;
        Signals.Thaw(_process!.Id);
    }

    /// <summary>SIGTERM; returns when it has ended.</summary>
    public async Task AskToStopAsync(CancellationToken cancellationToken)
    {
        _isAskedToStop = true;
        Signals.Ask(_process!.Id);
        await _process.WaitForExitAsync(cancellationToken);
    }

    /// <summary>Starts it if it has ended, or is about to.</summary>
    public async Task EnsureStartedAsync(CancellationToken cancellationToken)
    {
        if (_isAskedToStop)
        {
            await _process!.WaitForExitAsync(cancellationToken);
        }

        if (!IsRunning)
        {
            Start();
        }
    }

    /// <summary>Whether one of its runs was registered as this worker.</summary>
    public bool HasBeen(Guid worker)
    {
        lock (_http)
        {
            return _workers.Contains(worker);
        }
    }

    /// <summary>What it said last.</summary>
    public string LastLines() => File.Exists(_log) ? string.Join('\n', File.ReadLines(_log).TakeLast(30)) : "";

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        Kill();
        _process?.Dispose();
        _http.Dispose();
        return ValueTask.CompletedTask;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private void Keep(string? line)
    {
        if (line is not null)
        {
            lock (_http)
            {
                File.AppendAllText(_log, line + "\n");
                if (Registered().Match(line) is { Success: true } match)
                {
                    _workers.Add(Guid.Parse(match.Groups["worker"].ValueSpan));
                }

                if (Broker().Match(line) is { Success: true } broker)
                {
                    _hasBroker = broker.Groups["connected"].Success;
                }
            }
        }
    }

    [GeneratedRegex("Worker (?<worker>[0-9a-f-]{36}) is registered")]
    private static partial Regex Registered();

    [GeneratedRegex("(?<connected>Connected to the broker)|The broker is away", RegexOptions.ExplicitCapture)]
    private static partial Regex Broker();
}
