using Evenkeel.Platform.Background;
using Evenkeel.Platform.Data;
using Evenkeel.Search.Catalogue;
using Evenkeel.Search.Catalogue.Indexing;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
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

    [Fact]
    public async Task The_loop_serves_every_organization_and_makes_indexes_of_another_format_anew()
    {
        var backends = new EventBackends(_world.Postgres, null!, _world.Options, NullLogger<EventBackends>.Instance);
        using var loop = new IndexEvents(_world.Database, backends, TimeProvider.System, NullLogger<IndexEvents>.Instance);
        Guid[] organizations = [Guid.CreateVersion7(), Guid.CreateVersion7()];
        foreach (var organization in organizations)
        {
            await _world.AddAsync(organization, new MadeEvent { Title = "Kite day" });
        }

        await RunAsync(loop);
        foreach (var organization in organizations)
        {
            (await _world.WaitingAsync(organization, "catalogue_changes")).ShouldBe(0);
        }

        await _world.ChangeAsync(organizations[0], "UPDATE event_indexes SET format = -1 WHERE @id IS NOT NULL", organizations[0]);
        await RunAsync(loop);

        (await _world.States.ReadAsync(organizations[0], "postgresql", Ct)).ShouldNotBeNull()
            .ShouldSatisfyAllConditions(state => state.Generation.ShouldBe(1), state => state.Building.ShouldBeNull(), state => state.Done.ShouldBe(1));
        (await _world.States.ReadAsync(organizations[1], "postgresql", Ct)).ShouldNotBeNull().Generation.ShouldBe(0);
        (await FindAsync(organizations[0], "kite")).Count.ShouldBe(1);
    }

    [Fact]
    public async Task The_search_function_serves_the_tenant_of_the_transaction_and_nobody_else()
    {
        const string Ask = "SELECT ids FROM find_events(NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '2026-03-10', 100, NULL, NULL, NULL, true)";
        var (mine, other) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        var (own, foreign) = (new MadeEvent { Title = "Kite day" }, new MadeEvent { Title = "Kite night" });
        await _world.AddAsync(mine, own);
        await _world.AddAsync(other, foreign);
        await SettleAsync(mine);
        await SettleAsync(other);

        (await _world.Database.QueryFirstOrDefaultAsync<Guid[]>(DataScope.Organization(mine), Ask, null, Ct)).ShouldBe([own.Id]);
        (await _world.Database.QueryFirstOrDefaultAsync<Guid[]>(DataScope.Organization(Guid.CreateVersion7()), Ask, null, Ct)).ShouldBe([]);
        (await Should.ThrowAsync<PostgresException>(() => _world.Database.QueryFirstOrDefaultAsync<Guid[]>(DataScope.System, Ask, null, Ct))).MessageText.ShouldContain("one tenant");
        (await _world.Database.QueryFirstOrDefaultAsync<string>(
            DataScope.Organization(mine),
            """
            SELECT concat_ws(' ', has_function_privilege('public', oid, 'EXECUTE'), has_function_privilege(current_user, oid, 'EXECUTE'), proconfig[1], 'organization_id' = ANY (proargnames))
            FROM pg_proc WHERE proname = 'find_events'
            """, null, Ct)).ShouldBe("f t search_path=public, pg_temp f");
    }

    private static async Task RunAsync(BackgroundLoop loop)
    {
        while (await loop.RunOnceAsync(Ct))
        {
        }
    }
}
