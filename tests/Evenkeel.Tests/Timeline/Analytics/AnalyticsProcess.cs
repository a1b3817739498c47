using Evenkeel.Accounts;
using Evenkeel.Contracts.Timeline;
using Evenkeel.Platform.Background;
using Evenkeel.Platform.Data;
using Evenkeel.Platform.Identifiers;
using Evenkeel.Realtime;
using Evenkeel.Tests.Harness;
using Evenkeel.Tests.Models;
using Evenkeel.Timeline;
using Evenkeel.Timeline.Analytics.Aggregating;
using Evenkeel.Timeline.Analytics.Gauges;
using Evenkeel.Timeline.Analytics.Series;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Xunit;

namespace Evenkeel.Tests.Timeline.Analytics;

/// <summary>The parts of one process on a real database, without its loops running by themselves: the test says when.</summary>
internal sealed class AnalyticsProcess : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    public AnalyticsProcess(TestDatabase database, ManualClock clock, IGaugeSource[]? gauges = null, params (string Name, string? Value)[] settings)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Name, setting.Value)))
            .AddInMemoryCollection([KeyValuePair.Create<string, string?>("Data:Directory", TestFolder.New("data"))]).Build();
        var services = new ServiceCollection();
        services.AddLogging().AddMetrics();
        services.AddSingleton<IConfiguration>(configuration);
        services.AddSingleton<TimeProvider>(clock);
        services.AddSingleton<IdSource>();
        services.AddSingleton(_ => new Database(new DatabaseConnection(database.ApplicationConnectionString, null, false)));
        services.AddSingleton<IHostApplicationLifetime, Lifetime>();
        services.AddAccounts(configuration);
        services.AddRealtime(configuration);
        services.AddTimeline(configuration);
        // Of the machine and of all tests in this process: not the test's.
        foreach (var service in services.Where(service => service.ImplementationType == typeof(RedactionGauge) || service.ImplementationType == typeof(StorageGauges)).ToList())
        {
            services.Remove(service);
        }

        foreach (var gauge in gauges ?? [])
        {
            services.AddSingleton(gauge);
        }

        foreach (var metric in TestGauge.Metrics)
        {
            services.AddSingleton(metric);
        }

        _services = services.BuildServiceProvider();
    }

    public Database Database => Get<Database>();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    public Task<bool> RunAsync<T>()
        where T : BackgroundLoop => Get<T>().RunOnceAsync(Stop);

    /// <summary>One look of the aggregator.</summary>
    public Task<bool> AggregateAsync() => RunAsync<AggregateMetrics>();

    /// <summary>Records events as a turn's commit does.</summary>
    public async Task RecordAsync(params TimelineEntry[] entries)
    {
        await using var batch = Database.CreateBatch(DataScope.System);
        Get<ITimeline>().AppendInTransaction(batch, entries);
        await batch.ExecuteAsync(Stop);
    }

    /// <summary>The rows of a metric, of every organization.</summary>
    public Task<IReadOnlyList<StoredPoint>> StoredAsync(string metric, int resolution = 60) => Database.QueryAsync<StoredPoint>(
        DataScope.System,
        "SELECT organization_id, at, labels::text AS labels, bucket, count, sum, least, greatest, last FROM metric_points WHERE metric = @metric AND resolution = @resolution ORDER BY at, labels::text, bucket",
        new { metric, resolution },
        Stop);

    public Task<IReadOnlyList<PointRow>> ReadAsync(PointQuery query) => Get<ReadPoints>().RunAsync(query, Stop);

    public ValueTask DisposeAsync() => _services.DisposeAsync();

    /// <summary>An event of a turn.</summary>
    public static TimelineEntry Event(Guid organization, DateTimeOffset at, string type, string status = TimelineEventStatus.Completed, string? data = null) => new()
    {
        OrganizationId = organization, SessionId = Guid.CreateVersion7(), EventType = type, EventStatus = status, Timestamp = at, DataJson = data,
    };

    private sealed class Lifetime : IHostApplicationLifetime
    {
        public CancellationToken ApplicationStarted => CancellationToken.None;

        public CancellationToken ApplicationStopping => CancellationToken.None;

        public CancellationToken ApplicationStopped => CancellationToken.None;

        public void StopApplication()
        {
        }
    }
}

internal sealed record StoredPoint
{
    public Guid OrganizationId { get; init; }
    public DateTimeOffset At { get; init; }
    public string Labels { get; init; } = "";
    public short Bucket { get; init; }
    public long Count { get; init; }
    public double Sum { get; init; }
    public double Least { get; init; }
    public double Greatest { get; init; }
    public double? Last { get; init; }
}

/// <summary>Readings that the test gives.</summary>
internal sealed class TestGauge(bool isOfInstallation) : IGaugeSource
{
    public static MetricDefinition[] Metrics { get; } =
    [
        new("test_depth", "count", "gauge", true), new("test_open", "count", "gauge", true), new("test_total", "count", "sum", true, "reason"),
        new("queue_depth", "count", "gauge", false), new("workers_alive", "count", "gauge", true), new("queue_oldest_age", "s", "gauge", false), new("dead_turns", "count", "gauge", true),
    ];

    public List<GaugeReading> Readings { get; } = [];

    /// <summary>What happens while it is read.</summary>
    public Func<Task> Reading { get; set; } = () => Task.CompletedTask;

    public bool IsOfInstallation => isOfInstallation;

    public async Task<IReadOnlyList<GaugeReading>> ReadAsync(CancellationToken cancellationToken)
    {
        await Reading();
        return [.. Readings];
    }
}
