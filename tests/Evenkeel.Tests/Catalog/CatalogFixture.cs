using Evenkeel.Tests.Harness;
using Xunit;

namespace Evenkeel.Tests.Catalog;

/// <summary>One server for the tests of a class; each test has an organization of its own.</summary>
public sealed class CatalogFixture : IAsyncLifetime
{
    private int _organizations;

    public TestServer Server { get; private set; } = null!;

    /// <summary>An organization without people: a catalogue needs none.</summary>
    public Guid NewOrganization() => new(Interlocked.Increment(ref _organizations), 0, 0, new byte[8]);

    public async ValueTask InitializeAsync() => Server = await TestServer.StartAsync();

    public ValueTask DisposeAsync() => Server.DisposeAsync();
}
