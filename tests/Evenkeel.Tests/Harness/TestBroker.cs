using Evenkeel.Faults.Processes;
using Evenkeel.Tests.Harness;
using Xunit;

[assembly: AssemblyFixture(typeof(TestBroker.Cleanup))]

namespace Evenkeel.Tests.Harness;

/// <summary>
/// Brokers of the tests. Several tests may share one (<see cref="SharedAsync"/>) when each has its own exchange; a test that stops or freezes it
/// takes its own (<see cref="StartNewAsync"/>) and disposes of it.
/// </summary>
public static class TestBroker
{
    private static readonly Lazy<Task<BrokerProcess>> Shared = new(StartNewAsync);

    /// <summary>The one broker of the test process, started by the first test that asks.</summary>
    public static Task<BrokerProcess> SharedAsync() => Shared.Value;

    /// <summary>A broker for one test.</summary>
    public static Task<BrokerProcess> StartNewAsync() => BrokerProcess.StartNewAsync(TestFolder.New("broker"), TestContext.Current.CancellationToken);

    /// <summary>Stops the shared one after the last test.</summary>
    public sealed class Cleanup : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            if (Shared is { IsValueCreated: true, Value.IsCompletedSuccessfully: true })
            {
                await (await Shared.Value).DisposeAsync();
            }
        }
    }
}
