using Evenkeel.Tests.Harness;
using Xunit;

namespace Evenkeel.Tests.Knowledge;

/// <summary>One server for the tests of a class; each test registers an account of its own. Files may have 5 MB.</summary>
public sealed class ServerFixture : IAsyncLifetime
{
    public TestServer Server { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Server = await TestServer.StartAsync(new() { ["Knowledge:MostFileMegabytes"] = "5" });

    public ValueTask DisposeAsync() => Server.DisposeAsync();
}
