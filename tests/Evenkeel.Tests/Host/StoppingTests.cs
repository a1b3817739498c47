using Evenkeel.Faults.Processes;
using Evenkeel.Platform.EmbeddedPostgres;
using Evenkeel.Tests.Harness;
using Shouldly;
using Xunit;

namespace Evenkeel.Tests.Host;

/// <summary>The real program, asked to stop as a supervisor asks.</summary>
public sealed class StoppingTests
{
    private const int LineOfTheState = 7;

    /// <summary>Longer than a library for command lines would wait before it ends the process by itself.</summary>
    private static readonly TimeSpan LongStop = TimeSpan.FromSeconds(4);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_server_waits_until_its_database_has_stopped()
    {
        var data = TestFolder.New("stopping");
        TestFolder.Create(data);
        await using var server = new Node(
            Path.Combine(AppContext.BaseDirectory, "evenkeel.dll"), "server", proxy: null, new Dictionary<string, string?> { ["Data:Directory"] = data }, data);
        server.Start();
        await server.WaitUntilReadyAsync(Cancellation);
        var state = Directory.EnumerateFiles(data, "postmaster.pid", SearchOption.AllDirectories).Single();
        var database = new ClusterProcesses(Path.GetDirectoryName(state)!);
        var checkpointer = database.Alive().Single(id => File.ReadAllText($"/proc/{id}/cmdline").Contains("checkpointer", StringComparison.Ordinal));

        // Without it the database cannot write its last checkpoint, which on a busy disk takes as long.
        Signals.Freeze(checkpointer);
        var stop = server.AskToStopAsync(Cancellation);
        await Eventually.HoldAsync("a database that is stopping", () => Task.FromResult(File.ReadLines(state).ElementAtOrDefault(LineOfTheState)?.Trim() == "stopping"));
        await Task.WhenAny(stop, Task.Delay(LongStop, Cancellation));
        var isWaiting = server.IsRunning;
        Signals.Thaw(checkpointer);
        await stop;

        isWaiting.ShouldBeTrue();
        database.Alive().ShouldBeEmpty();
    }
}
