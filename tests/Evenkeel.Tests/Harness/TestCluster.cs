using Evenkeel.Platform.EmbeddedPostgres;
using Evenkeel.Tests.Harness;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

[assembly: AssemblyFixture(typeof(TestCluster))]

namespace Evenkeel.Tests.Harness;

/// <summary>One PostgreSQL for the whole test process, started by the first test that asks and stopped after the last.</summary>
public sealed class TestCluster : IAsyncDisposable
{
    private static readonly Lazy<Task<EmbeddedPostgresServer>> Server = new(StartAsync);

    public static Task<EmbeddedPostgresServer> ServerAsync() => Server.Value;

    public async ValueTask DisposeAsync()
    {
        await TestPooler.DisposeSharedAsync();
        // A start that failed has already failed the test that asked for it.
        if (Server is { IsValueCreated: true, Value.IsCompletedSuccessfully: true })
            await (await Server.Value).DisposeAsync();
        TestFolder.DeleteAll();
    }

    private static Task<EmbeddedPostgresServer> StartAsync() => EmbeddedPostgresServer.StartAsync(
        new EmbeddedPostgresOptions { DataDirectory = TestFolder.New("cluster"), MaxConnections = 400, IsDurable = false },
        NullLogger.Instance, TimeProvider.System, CancellationToken.None);
}
