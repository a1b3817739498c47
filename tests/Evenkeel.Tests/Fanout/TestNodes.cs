using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Evenkeel.Faults.Processes;
using Evenkeel.ScriptedModel;
using Evenkeel.Tests.Chat;
using Evenkeel.Tests.Harness;
using Evenkeel.Tests.Realtime;
using Xunit;

namespace Evenkeel.Tests.Fanout;

/// <summary>An installation of several real processes: web nodes and workers on one database, with a scripted model, and a broker or none.</summary>
internal sealed class TestNodes : IAsyncDisposable
{
    private readonly List<Node> _nodes = [];
    private readonly Dictionary<string, string?> _settings;

    private TestNodes(TestDatabase database, ScriptedModelServer model, Dictionary<string, string?> settings) =>
        (Database, Model, _settings) = (database, model, settings);

    public TestDatabase Database { get; }

    public ScriptedModelServer Model { get; }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <param name="broker">Null: the processes tell each other nothing.</param>
    /// <param name="more">Settings of all processes.</param>
    public static async Task<TestNodes> StartAsync(BrokerProcess? broker, Dictionary<string, string?>? more = null)
    {
        var database = await TestServer.NewDatabaseAsync();
        var model = await ScriptedModelServer.StartAsync(ct: Stop);
        var settings = ChatDriving.With(model, new(broker?.Settings() ?? [])
        {
            ["ConnectionStrings:Evenkeel"] = database.ApplicationConnectionString,
            ["Database:Migrate"] = "false",
            ["Accounts:RegistrationsPerMinute"] = "100000",
            ["Logging:LogLevel:Default"] = "Error",
        });
        foreach (var (key, value) in more ?? [])
        {
            settings[key] = value;
        }

        return new TestNodes(database, model, settings);
    }

    /// <summary>Starts a web node; returns when it answers.</summary>
    public async Task<Node> WebAsync()
    {
        var node = Start("serve", "web");
        await node.AnswersAsync();
        return node;
    }

    /// <summary>Starts a worker; returns when it answers.</summary>
    public async Task<Node> WorkerAsync()
    {
        var node = Start("worker", null);
        await node.AnswersAsync();
        return node;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var node in _nodes)
        {
            await node.DisposeAsync();
        }

        await Model.DisposeAsync();
        await Database.DisposeAsync();
    }

    private Node Start(string verb, string? roles)
    {
        using var port = new TcpListener(IPAddress.Loopback, 0);
        port.Start();
        var address = new Uri($"http://127.0.0.1:{((IPEndPoint)port.LocalEndpoint).Port}");
        port.Stop();
        var settings = new Dictionary<string, string?>(_settings) { ["Urls"] = address.ToString().TrimEnd('/'), ["Data:Directory"] = TestFolder.New("node") };
        if (roles is not null)
        {
            settings["Roles"] = roles;
        }

        var node = new Node(EvenkeelProgram.Start(verb, settings), address);
        _nodes.Add(node);
        return node;
    }
}

/// <summary>One process of an installation.</summary>
internal sealed class Node(Process process, Uri address) : IAsyncDisposable
{
    public Uri Address => address;

    public Task<TestAccount> RegisterAsync() => TestAccount.RegisterAsync(address);

    /// <summary>Opens a socket to a thread here.</summary>
    public Task<SocketClient> ConnectAsync(TestAccount account, Guid thread, long afterSeq = 0) =>
        SocketClient.ConnectAsync(new Uri($"ws://{address.Authority}/ws/chat/{thread}?token={account.SignedIn.AccessToken}&after_seq={afterSeq}"));

    public async Task AnswersAsync()
    {
        using var http = new HttpClient { BaseAddress = address };
        await Eventually.HoldAsync($"a node at {address}", async () =>
        {
            try
            {
                using var response = await http.GetAsync("/health/ready", TestContext.Current.CancellationToken);
                return response.IsSuccessStatusCode;
            }
            catch (HttpRequestException) when (!process.HasExited)
            {
                return false;
            }
        });
    }

    public async Task KillAsync()
    {
        process.Kill();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Asks it to stop, as a supervisor does.</summary>
    public void Terminate()
    {
        using var kill = Process.Start("kill", ["-TERM", process.Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    /// <summary>Waits for it to end by itself and gives its exit code.</summary>
    public async Task<int> ExitAsync()
    {
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            process.Kill();
            await process.WaitForExitAsync();
        }

        process.Dispose();
    }
}
