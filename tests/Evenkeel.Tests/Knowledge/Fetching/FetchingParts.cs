using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Evenkeel.Knowledge.Fetching;
using Evenkeel.Platform.Outgoing;
using Evenkeel.Platform.Identifiers;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace Evenkeel.Tests.Knowledge.Fetching;

/// <summary>The fetching of the product on a network where public addresses are sites of the test.</summary>
internal sealed class FetchingParts : IDisposable
{
    private readonly ServiceProvider _services;
    private readonly RecordedIds _ids = new();

    public FetchingParts(TimeProvider? time = null, params (string Name, string Value)[] settings)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(
            settings.Append((Name: "RequestsPerSecondPerHost", Value: "10000")).DistinctBy(setting => setting.Name)
                .Select(setting => KeyValuePair.Create($"Knowledge:Fetching:{setting.Name}", (string?)setting.Value)));
        var services = new ServiceCollection().AddLogging().AddSingleton(time ?? TimeProvider.System).AddSingleton<IdSource>(_ids).AddSingleton<INetwork>(Network);
        _services = services.AddFetching(configuration.Build()).BuildServiceProvider();
    }

    public TestNetwork Network { get; } = new();

    /// <summary>The temporary files that were made, whether they are still there or not.</summary>
    public IEnumerable<string> Files => _ids.Made.Select(id => Path.Combine(Path.GetTempPath(), $"evenkeel-fetch-{id:N}"));

    /// <summary>Ends when the first of them is being made.</summary>
    public Task WhenFileIsMade => _ids.FirstMade.Task;

    public WebFetcher Fetcher => _services.GetRequiredService<WebFetcher>();

    public SiteRobots Robots => _services.GetRequiredService<SiteRobots>();

    public CrawlSite Crawl => _services.GetRequiredService<CrawlSite>();

    public Task<FetchedPage> FetchAsync(string address, FetchConditions? known = null) =>
        Fetcher.FetchAsync(new Uri(address), known ?? FetchConditions.None, TestContext.Current.CancellationToken);

    public async Task<FetchFailedException> FailAsync(string address) => await Should.ThrowAsync<FetchFailedException>(() => FetchAsync(address));

    public void Dispose() => _services.Dispose();

    private sealed class RecordedIds() : IdSource(TimeProvider.System)
    {
        public ConcurrentQueue<Guid> Made { get; } = new();

        public TaskCompletionSource FirstMade { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public override Guid Next()
        {
            var id = base.Next();
            Made.Enqueue(id);
            FirstMade.TrySetResult();
            return id;
        }
    }
}

/// <summary>Names and connections as the test has them; what it does not know cannot be reached.</summary>
internal sealed class TestNetwork : INetwork
{
    public const string PublicAddress = "93.184.215.14";

    private readonly ConcurrentDictionary<string, ConcurrentQueue<IPAddress[]>> _names = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<IPAddress, ScriptedSite> _sites = new();

    /// <summary>Addresses that were connected to, in order.</summary>
    public ConcurrentQueue<IPEndPoint> Connected { get; } = new();

    /// <summary>Each answer is for one resolution; the last one stays.</summary>
    public TestNetwork Name(string host, params string[][] answers)
    {
        _names[host] = new ConcurrentQueue<IPAddress[]>(answers.Select(answer => answer.Select(IPAddress.Parse).ToArray()));
        return this;
    }

    /// <summary>A site at a host, on a public address.</summary>
    public TestNetwork Serve(string host, ScriptedSite site, string address = PublicAddress)
    {
        _sites[IPAddress.Parse(address)] = site;
        return Name(host, [address]);
    }

    /// <summary>Nothing answers at an address any more.</summary>
    public void GoDown(string address = PublicAddress) => _sites.TryRemove(IPAddress.Parse(address), out _);

    public Task<IReadOnlyList<IPAddress>> ResolveAsync(string host, CancellationToken cancellationToken)
    {
        if (!_names.TryGetValue(host, out var answers) || !answers.TryPeek(out var answer))
        {
            throw new SocketException((int)SocketError.HostNotFound);
        }

        if (answers.Count > 1)
        {
            answers.TryDequeue(out _);
        }

        return Task.FromResult<IReadOnlyList<IPAddress>>(answer);
    }

    public Task<Stream> ConnectAsync(IPAddress address, int port, CancellationToken cancellationToken)
    {
        Connected.Enqueue(new IPEndPoint(address, port));
        return _sites.TryGetValue(address, out var site)
            ? new SystemNetwork().ConnectAsync(IPAddress.Loopback, site.Address.Port, cancellationToken)
            : throw new SocketException((int)SocketError.ConnectionRefused);
    }
}
