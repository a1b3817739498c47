using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Evenkeel.Faults.Processes;

/// <summary>
/// A real RabbitMQ with a name, ports and a folder of its own, on this machine only, as an unprivileged user. The packaged service is never
/// touched.
/// </summary>
public sealed class BrokerProcess : IAsyncDisposable
{
    /// <summary>A file in which it keeps the ids of its processes, for whoever cleans up after a run that was killed.</summary>
    public const string ProcessIds = "process-ids";

    private const string Program = "/usr/lib/rabbitmq/bin/rabbitmq-server";
    private const string PackageUser = "rabbitmq";
    private const UnixFileMode Enterable =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(20);
    private static int _exchanges;

    private readonly string _folder;
    private readonly int _distributionPort = FreePort();
    private readonly int _mapperPort = FreePort();
    private readonly string _node = $"evenkeel-{Guid.NewGuid():N}@localhost";
    private Process? _mapper;
    private Process? _server;

    private BrokerProcess(string folder) => _folder = folder;

    /// <summary>Whether RabbitMQ (Debian package <c>rabbitmq-server</c>) is installed here.</summary>
    public static bool IsAvailable => File.Exists(Program);

    /// <summary>For <c>Fanout:RabbitMq:Url</c>.</summary>
    public string Url => UrlAt(Port);

    /// <summary>Where it listens, after every start.</summary>
    public int Port { get; } = FreePort();

    /// <summary>The broker's own process; kill it and its children end too.</summary>
    public int ProcessId => _server!.Id;

    public bool IsRunning => _server is { HasExited: false };

    /// <summary>It was frozen and not thawed.</summary>
    public bool IsFrozen { get; private set; }

    /// <summary>Nobody can reach it now.</summary>
    public bool IsAway => IsFrozen || !IsRunning;

    /// <summary>Starts one in <paramref name="folder"/>, which is made; the one above can be entered by RabbitMQ's account.</summary>
    public static async Task<BrokerProcess> StartNewAsync(string folder, CancellationToken cancellationToken)
    {
        if (!IsAvailable)
        {
            throw new InvalidOperationException("This needs RabbitMQ: apt-get install rabbitmq-server (./test does it).");
        }

        Directory.CreateDirectory(folder);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(folder, Enterable);
        }

        if (Environment.IsPrivilegedProcess)
        {
            await RunAsync("chown", PackageUser, folder);
        }

        var broker = new BrokerProcess(folder);
        try
        {
            // The name server of Erlang nodes, ours and in the foreground, so that none is left behind.
            broker._mapper = broker.Run("/usr/bin/epmd", new() { ["ERL_EPMD_PORT"] = Text(broker._mapperPort), ["ERL_EPMD_ADDRESS"] = "127.0.0.1" });
            await broker.AnswersAsync(broker._mapper, broker._mapperPort, cancellationToken);
            await broker.StartAsync(cancellationToken);
            return broker;
        }
        catch
        {
            await broker.DisposeAsync();
            throw;
        }
    }

    /// <summary>The same login at another port, of something that stands before it.</summary>
    public static string UrlAt(int port) => $"amqp://guest:guest@127.0.0.1:{port}/";

    /// <summary>Settings of a server or worker on this broker, apart from those of all others on it.</summary>
    public Dictionary<string, string?> Settings() => new(StringComparer.Ordinal)
    {
        ["Fanout:Backend"] = "rabbitmq",
        ["Fanout:RabbitMq:Url"] = Url,
        ["Fanout:RabbitMq:Exchange"] = $"installation{Interlocked.Increment(ref _exchanges)}",
    };

    /// <summary>Starts it again after <see cref="Kill"/>: same port, same folder. Returns when it answers.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var nothing = Path.Combine(_folder, "none");
        _server?.Dispose();
        _server = Run(Program, new()
        {
            ["ERL_EPMD_PORT"] = Text(_mapperPort),
            // The script then becomes the server itself, so that the process we hold is the one to signal.
            ["RUNNING_UNDER_SYSTEMD"] = "1",
            ["RABBITMQ_NODENAME"] = _node,
            ["RABBITMQ_NODE_IP_ADDRESS"] = "127.0.0.1",
            ["RABBITMQ_NODE_PORT"] = Text(Port),
            ["RABBITMQ_DIST_PORT"] = Text(_distributionPort),
            ["RABBITMQ_MNESIA_BASE"] = Path.Combine(_folder, "mnesia"),
            ["RABBITMQ_LOG_BASE"] = Path.Combine(_folder, "log"),
            ["RABBITMQ_CONFIG_FILE"] = nothing,
            ["RABBITMQ_CONF_ENV_FILE"] = nothing,
            ["RABBITMQ_ENABLED_PLUGINS_FILE"] = nothing,
            ["RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS"] = "-start_epmd false -kernel inet_dist_use_interface {127,0,0,1}",
        });
        await AnswersAsync(_server, Port, cancellationToken);
    }

    /// <summary><c>kill -9</c>; returns when it is gone.</summary>
    public void Kill()
    {
        if (_server is { HasExited: false } server)
        {
            Signals.Kill(server.Id);
            server.WaitForExit();
        }

        IsFrozen = false;
    }

    /// <summary>Stops its process in the middle of whatever it does: connections stay open, and nothing comes any more.</summary>
    public void Freeze()
    {
        IsFrozen = true;
        Signals.Freeze(ProcessId);
    }

    /// <summary>Lets it go on.</summary>
    public void Thaw()
    {
        IsFrozen = false;
        Signals.Thaw(ProcessId);
    }

    /// <summary>Thaws it if it is frozen and starts it if it is dead; returns when it answers.</summary>
    public async Task EnsureRunningAsync(CancellationToken cancellationToken)
    {
        if (IsFrozen)
        {
            Thaw();
        }

        if (!IsRunning)
        {
            await StartAsync(cancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        Kill();
        _server?.Dispose();
        if (_mapper is not null)
        {
            _mapper.Kill();
            await _mapper.WaitForExitAsync(CancellationToken.None);
            _mapper.Dispose();
        }
    }

    private Process Run(string program, Dictionary<string, string> environment)
    {
        var start = new ProcessStartInfo("/bin/sh") { UseShellExecute = false, WorkingDirectory = _folder };
        start.ArgumentList.Add("-c");
        start.ArgumentList.Add($"exec {program} >>\"$HOME/output\" 2>&1 </dev/null");
        if (Environment.IsPrivilegedProcess)
        {
            start.UserName = PackageUser;
        }

        start.Environment["HOME"] = _folder;
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        var process = Process.Start(start)!;
        // For the next run, should this one be killed.
        File.AppendAllText(Path.Combine(_folder, ProcessIds), $"{process.Id}\n");
        return process;
    }

    private static async Task RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { UseShellExecute = false })!;
        await process.WaitForExitAsync(CancellationToken.None);
    }

    private async Task AnswersAsync(Process process, int port, CancellationToken cancellationToken)
    {
        for (var started = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(started) < StartTimeout; await Task.Delay(Poll, cancellationToken))
        {
            if (process.HasExited)
            {
                throw new InvalidOperationException($"The broker ended while it started; see {_folder}");
            }

            using var client = new TcpClient();
            try
            {
                await client.ConnectAsync(IPAddress.Loopback, port, cancellationToken);
                return;
            }
            catch (SocketException)
            {
                // Not listening yet.
            }
        }

        throw new TimeoutException($"The broker did not answer at port {port}; see {_folder}");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
