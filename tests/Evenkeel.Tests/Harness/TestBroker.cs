using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Evenkeel.Tests.Harness;
using Xunit;

[assembly: AssemblyFixture(typeof(TestBroker.Cleanup))]

namespace Evenkeel.Tests.Harness;

/// <summary>
/// A real RabbitMQ with a name, ports and a folder of its own, on this machine only, as an unprivileged user. The packaged service is never
/// touched. Several tests may share one (<see cref="SharedAsync"/>) when each has its own exchange; a test that stops or freezes it takes
/// its own (<see cref="StartNewAsync"/>).
/// </summary>
public sealed class TestBroker : IAsyncDisposable
{
    private const string Program = "/usr/lib/rabbitmq/bin/rabbitmq-server";
    private const string PackageUser = "rabbitmq";

    private static readonly List<TestBroker> All = [];
    private static readonly Lazy<Task<TestBroker>> Shared = new(StartNewAsync);
    private static int _exchanges;

    private readonly string _folder = TestFolder.New("broker");
    private readonly int _port = FreePort();
    private readonly int _distributionPort = FreePort();
    private readonly int _mapperPort = FreePort();
    private readonly string _node = $"evenkeel-{Guid.NewGuid():N}@localhost";
    private Process? _mapper;
    private Process? _server;

    private TestBroker()
    {
    }

    /// <summary>For <c>Fanout:RabbitMq:Url</c>.</summary>
    public string Url => $"amqp://guest:guest@127.0.0.1:{_port}/";

    /// <summary>The broker's own process; kill it and its children end too.</summary>
    public int ProcessId => _server!.Id;

    /// <summary>The one broker of the test process, started by the first test that asks.</summary>
    public static Task<TestBroker> SharedAsync() => Shared.Value;

    /// <summary>A broker for one test.</summary>
    public static async Task<TestBroker> StartNewAsync()
    {
        if (!File.Exists(Program))
        {
            throw new InvalidOperationException("These tests need RabbitMQ: apt-get install rabbitmq-server (./test does it).");
        }

        var broker = new TestBroker();
        lock (All)
        {
            All.Add(broker);
        }

        TestFolder.Create(broker._folder);
        if (Environment.IsPrivilegedProcess)
        {
            await RunAsync("chown", PackageUser, broker._folder);
        }

        // The name server of Erlang nodes, ours and in the foreground, so that none is left behind.
        broker._mapper = broker.Run("/usr/bin/epmd", new() { ["ERL_EPMD_PORT"] = Text(broker._mapperPort), ["ERL_EPMD_ADDRESS"] = "127.0.0.1" });
        await AnswersAsync(broker._mapperPort);
        await broker.StartAsync();
        return broker;
    }

    /// <summary>Settings of a server or worker on this broker, apart from those of all other tests.</summary>
    public Dictionary<string, string?> Settings() => new(StringComparer.Ordinal)
    {
        ["Fanout:Backend"] = "rabbitmq",
        ["Fanout:RabbitMq:Url"] = Url,
        ["Fanout:RabbitMq:Exchange"] = $"test{Interlocked.Increment(ref _exchanges)}",
    };

    /// <summary>Starts it again after <see cref="KillAsync"/>: same port, same folder. Returns when it answers.</summary>
    public async Task StartAsync()
    {
        var nothing = Path.Combine(_folder, "none");
        _server = Run(Program, new()
        {
            ["ERL_EPMD_PORT"] = Text(_mapperPort),
            // The script then becomes the server itself, so that the process we hold is the one to signal.
            ["RUNNING_UNDER_SYSTEMD"] = "1",
            ["RABBITMQ_NODENAME"] = _node,
            ["RABBITMQ_NODE_IP_ADDRESS"] = "127.0.0.1",
            ["RABBITMQ_NODE_PORT"] = Text(_port),
            ["RABBITMQ_DIST_PORT"] = Text(_distributionPort),
            ["RABBITMQ_MNESIA_BASE"] = Path.Combine(_folder, "mnesia"),
            ["RABBITMQ_LOG_BASE"] = Path.Combine(_folder, "log"),
            ["RABBITMQ_CONFIG_FILE"] = nothing,
            ["RABBITMQ_CONF_ENV_FILE"] = nothing,
            ["RABBITMQ_ENABLED_PLUGINS_FILE"] = nothing,
            ["RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS"] = "-start_epmd false -kernel inet_dist_use_interface {127,0,0,1}",
        });
        await AnswersAsync(_port);
    }

    /// <summary><c>kill -9</c>; returns when it is gone.</summary>
    public async Task KillAsync()
    {
        _server!.Kill();
        await _server.WaitForExitAsync(CancellationToken.None);
        _server.Dispose();
        _server = null;
    }

    /// <summary>Stops its process in the middle of whatever it does: connections stay open, and nothing comes any more.</summary>
    public Task FreezeAsync() => RunAsync("kill", "-STOP", Text(ProcessId));

    /// <summary>Lets it go on.</summary>
    public Task ThawAsync() => RunAsync("kill", "-CONT", Text(ProcessId));

    public async ValueTask DisposeAsync()
    {
        lock (All)
        {
            All.Remove(this);
        }

        if (_server is not null)
        {
            await KillAsync();
        }

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
        File.AppendAllText(Path.Combine(_folder, TestFolder.ProcessIds), $"{process.Id}\n");
        return process;
    }

    private static async Task RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { UseShellExecute = false })!;
        await process.WaitForExitAsync(CancellationToken.None);
    }

    private static Task AnswersAsync(int port) => Eventually.HoldAsync($"an answer at port {port}", async () =>
    {
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync(IPAddress.Loopback, port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    });

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>Stops what no test disposed of, after the last test.</summary>
    public sealed class Cleanup : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            TestBroker[] left;
            lock (All)
            {
                left = [.. All];
            }

            foreach (var broker in left)
            {
                await broker.DisposeAsync();
            }
        }
    }
}
