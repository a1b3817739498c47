using Evenkeel.Platform.Outgoing;
using Evenkeel.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Evenkeel.Tests.Knowledge.Fetching;

/// <summary>One server for the tests of a class, on a network of their sites; each test has a site and an account of its own.</summary>
public sealed class FetchingServer : IAsyncLifetime
{
    private int _sites;

    internal TestNetwork Network { get; } = new();

    public TestServer Server { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Server = await StartServerAsync();

    public ValueTask DisposeAsync() => Server.DisposeAsync();

    /// <summary>A further process of the same installation.</summary>
    public Task<TestServer> StartServerAsync(TestDatabase? database = null) => TestServer.StartAsync(
        new Dictionary<string, string?> { ["Knowledge:Fetching:RequestsPerSecondPerHost"] = "10000", ["Knowledge:Jobs:RetrySeconds"] = "0.01", ["Knowledge:Jobs:MostTries"] = "2" },
        services => services.AddSingleton<INetwork>(Network),
        database);

    /// <summary>Where a site is found from now on, and at which address.</summary>
    internal (string Root, string Address) Serve(ScriptedSite site)
    {
        var number = Interlocked.Increment(ref _sites);
        Network.Serve($"site{number}.test", site, $"93.184.216.{number}");
        return ($"http://site{number}.test", $"93.184.216.{number}");
    }
}
