using Evenkeel.Search.Catalogue;
using Shouldly;
using Xunit;

namespace Evenkeel.Tests.Search.Catalogue;

public sealed class PostgresEventBackendTests : EventBackendConformance, IAsyncLifetime
{
    private EventWorld _world = null!;

    private protected override EventWorld World => _world;

    private protected override IEventBackend Backend => _world.Postgres;

    public async ValueTask InitializeAsync() => _world = await EventWorld.StartAsync();

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public async Task A_search_takes_in_the_few_changes_that_wait_and_sees_them_at_once()
    {
        var organization = Guid.CreateVersion7();
        var made = new MadeEvent { Title = "Lantern walk" };
        await _world.AddAsync(organization, made);

        (await FindAsync(organization, "lantern")).ShouldBe([made.Id]);
        (await _world.WaitingAsync(organization, "catalogue_changes")).ShouldBe(0);
    }
}
