using Evenkeel.Faults.Proxy;
using Evenkeel.ScriptedModel;

namespace Evenkeel.Faults.Processes;

/// <summary>How the program is spread over processes.</summary>
public enum Topology
{
    /// <summary>One process does everything.</summary>
    Solo,

    /// <summary>Two processes that both do everything.</summary>
    Pair,

    /// <summary>One that answers clients and two that run turns.</summary>
    Split,

    /// <summary>Two that answer clients and two that run turns.</summary>
    Fleet,
}

/// <summary>What a world is made of.</summary>
public sealed record FaultWorldOptions
{
    /// <summary>The path of <c>evenkeel.dll</c>.</summary>
    public required string Program { get; init; }

    /// <summary>Made and filled by the world, deleted with it. PostgreSQL's account must be able to enter the folder above.</summary>
    public required string Folder { get; init; }

    public required Topology Topology { get; init; }

    /// <summary>Its processes get a clock that can jump.</summary>
    public bool HasFakeClock { get; init; }

    /// <summary>Its processes tell each other what happens over a RabbitMQ of the world's own; else they find it in the database.</summary>
    public bool HasBroker { get; init; }

    /// <summary>Further settings of every process.</summary>
    public IReadOnlyDictionary<string, string?> Settings { get; init; } = new Dictionary<string, string?>(StringComparer.Ordinal);
}

/// <summary>Processes of the real program, each behind a proxy of its own before one real PostgreSQL, and a scripted model. Used for many runs.</summary>
public sealed class FaultWorld : IAsyncDisposable
{
    /// <summary>The shortest that is allowed: a frozen worker is given up after it.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(3);

    // PostgreSQL's account must be able to enter when the harness runs as root.
    private const UnixFileMode Enterable =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    private readonly FaultWorldOptions _options;
    private readonly Dictionary<string, string?> _brokerSettings = [];

    private FaultWorld(FaultWorldOptions options, FaultCluster cluster, ScriptedModelServer model, BrokerProcess? broker)
    {
        (_options, Cluster, Model, Broker) = (options, cluster, model, broker);
        if (broker is not null)
        {
            BrokerRelay = new TcpRelay(broker.Port);
            _brokerSettings = broker.Settings();
            _brokerSettings["Fanout:RabbitMq:Url"] = BrokerProcess.UrlAt(BrokerRelay.Port);
        }

        Clock = options.HasFakeClock ? new FakeClock(options.Folder) : null;
        Nodes = options.Topology switch
        {
            Topology.Solo => [NewNode("solo", "web,worker")],
            Topology.Pair => [NewNode("first", "web,worker"), NewNode("second", "web,worker")],
            Topology.Split => [NewNode("web", "web"), NewNode("worker1", "worker"), NewNode("worker2", "worker")],
            _ => [NewNode("web1", "web"), NewNode("web2", "web"), NewNode("worker1", "worker"), NewNode("worker2", "worker")],
        };
    }

    public Topology Topology => _options.Topology;

    public FaultCluster Cluster { get; }

    public ScriptedModelServer Model { get; }

    public IReadOnlyList<Node> Nodes { get; }

    /// <summary>Null when nothing was asked of it.</summary>
    public FakeClock? Clock { get; }

    /// <summary>Null when nothing was asked of it.</summary>
    public BrokerProcess? Broker { get; }

    /// <summary>The way of all processes to <see cref="Broker"/>.</summary>
    public TcpRelay? BrokerRelay { get; }

    /// <summary>Where clients may connect.</summary>
    public IReadOnlyList<Node> WebNodes => [.. Nodes.Where(node => node.IsWeb)];

    /// <summary>Starts everything and returns when it answers.</summary>
    public static async Task<FaultWorld> StartAsync(FaultWorldOptions options, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(options.Folder);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(options.Folder, Enterable);
        }

        var cluster = await FaultCluster.StartAsync(Path.Combine(options.Folder, "cluster"), cancellationToken);
        var broker = options.HasBroker ? await BrokerProcess.StartNewAsync(Path.Combine(options.Folder, "broker"), cancellationToken) : null;
        var world = new FaultWorld(options, cluster, await ScriptedModelServer.StartAsync(ct: cancellationToken), broker);
        try
        {
            await world.MigrateAsync(cancellationToken);
            await world.EnsureRunningAsync(cancellationToken);
            return world;
        }
        catch
        {
            await world.DisposeAsync();
            throw;
        }
    }

    /// <summary>The process that runs a turn now; null when none does.</summary>
    public async Task<Node?> WorkerOfAsync(Guid turn, CancellationToken cancellationToken)
    {
        await using var connection = await Cluster.OpenAsync(cancellationToken);
        await using var command = new Npgsql.NpgsqlCommand("SELECT worker_id FROM turns WHERE id = $1 AND status = 'running'", connection) { Parameters = { new() { Value = turn } } };
        return await command.ExecuteScalarAsync(cancellationToken) is Guid worker ? Nodes.FirstOrDefault(node => node.HasBeen(worker)) : null;
    }

    /// <summary>Mends what is broken: what is dead is started, what is frozen goes on, nothing is armed. A clock that is wrong stays wrong.</summary>
    public async Task EnsureRunningAsync(CancellationToken cancellationToken)
    {
        await EnsureRunningWithoutBrokerAsync(cancellationToken);
        await (Broker?.EnsureRunningAsync(cancellationToken) ?? Task.CompletedTask);
    }

    /// <summary>As <see cref="EnsureRunningAsync"/>, but a broker that is away stays away: nothing may need it.</summary>
    public async Task EnsureRunningWithoutBrokerAsync(CancellationToken cancellationToken)
    {
        foreach (var node in Nodes)
        {
            node.Proxy!.Disarm();
            if (node.IsFrozen)
            {
                node.Thaw();
            }
        }

        await Cluster.WaitUntilReadyAsync(cancellationToken);
        await Task.WhenAll(Nodes.Select(node => node.EnsureStartedAsync(cancellationToken)));
        await Task.WhenAll(Nodes.Select(node => node.WaitUntilReadyAsync(cancellationToken)));
    }

    /// <summary>Returns when every process is connected to the broker; at once where there is none.</summary>
    public Task WaitUntilConnectedAsync(CancellationToken cancellationToken) =>
        Broker is null ? Task.CompletedTask : Task.WhenAll(Nodes.Select(node => node.WaitUntilBrokerAsync(isThere: true, cancellationToken)));

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var node in Nodes)
        {
            await node.DisposeAsync();
            await node.Proxy!.DisposeAsync();
        }

        await (BrokerRelay?.DisposeAsync() ?? ValueTask.CompletedTask);
        await (Broker?.DisposeAsync() ?? ValueTask.CompletedTask);
        await Model.DisposeAsync();
        await Cluster.DisposeAsync();
        Directory.Delete(_options.Folder, recursive: true);
    }

    private async Task MigrateAsync(CancellationToken cancellationToken)
    {
        // The superuser: then the program's own role gets its rights on the tables.
        var start = new System.Diagnostics.ProcessStartInfo("dotnet", [_options.Program, "migrate"]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["ConnectionStrings__Evenkeel"] = Cluster.AdministratorConnectionString;
        using var migrate = System.Diagnostics.Process.Start(start)!;
        var said = migrate.StandardError.ReadToEndAsync(cancellationToken);
        await migrate.StandardOutput.ReadToEndAsync(cancellationToken);
        await migrate.WaitForExitAsync(cancellationToken);
        if (migrate.ExitCode != 0)
        {
            throw new InvalidOperationException($"The database could not be migrated: {await said}");
        }
    }

    private Node NewNode(string name, string roles)
    {
        var settings = new Dictionary<string, string?>(_options.Settings, StringComparer.Ordinal)
        {
            ["Roles"] = roles,
            ["Data:Directory"] = Path.Combine(_options.Folder, "data"),
            ["Database:Migrate"] = "false",
            ["Chat:LeaseSeconds"] = $"{Lease.TotalSeconds:0}",
            ["Chat:SendsPerMinute"] = "0",
            ["Accounts:RegistrationsPerMinute"] = "100000",
            ["Models:Chat:Provider"] = "openai",
            ["Models:Chat:Endpoint"] = Model.OpenAiEndpoint.ToString(),
            ["Models:Chat:Model"] = "scripted",
            ["Models:Chat:FirstRetrySeconds"] = "0.1",
            // Everybody's turns are held and paid for, from more than there will be turns.
            ["Credits:DefaultPlan"] = "metered",
            ["Credits:Plans:metered:MonthlyAllowance"] = "1000000",
            ["Logging:LogLevel:Default"] = "Warning",
            ["Logging:LogLevel:Evenkeel.Chat.Turns.WorkerIdentity"] = "Information",
            ["Logging:LogLevel:Evenkeel.Realtime.Fanout.RabbitLink"] = "Information",
        };
        foreach (var (key, value) in (Clock?.Environment ?? new Dictionary<string, string?>()).Concat(_brokerSettings))
        {
            settings[key] = value;
        }

        return new Node(_options.Program, name, new PostgresProxy(name, Cluster.ApplicationConnectionString), settings, _options.Folder);
    }
}
