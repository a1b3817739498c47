using Evenkeel.Platform.Background;
using Evenkeel.Platform.Data;
using Evenkeel.Tests.Accounts;
using Evenkeel.Tests.Harness;
using Evenkeel.Timeline.Recording;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;
using Shouldly;
using Xunit;

namespace Evenkeel.Tests.Timeline;

public sealed class PartitionTests
{
    private static readonly Guid Organization = Guid.CreateVersion7();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Partitions_are_made_for_today_and_the_days_ahead_by_a_role_without_ddl()
    {
        await using var server = await AccountsServer.StartAsync(("Timeline:PartitionDaysAhead", "3"));
        var maintenance = (BackgroundLoop)server.Services.GetServices<IHostedService>().OfType<MaintainPartitions>().Single();
        server.Clock.Advance(TimeSpan.FromDays(400));

        var today = DateOnly.FromDateTime(server.Clock.GetUtcNow().UtcDateTime);
        // A class that somebody reads for longer than it waits is made at another run.
        await Eventually.HoldAsync("the last day of every class", async () =>
        {
            await Task.WhenAll(maintenance.RunOnceAsync(Stop), maintenance.RunOnceAsync(Stop));
            return (await PartitionsAsync(server)).Count(name => name.EndsWith($"{today.AddDays(3):yyyyMMdd}", StringComparison.Ordinal)) == 3;
        });

        var names = await PartitionsAsync(server);
        names.ShouldBeSubsetOf(names.Distinct());
        for (var day = 0; day <= 3; day++)
            foreach (var retention in new[] { "event", "debug", "error" })
                names.ShouldContain($"chat_events_{retention}_{today.AddDays(day):yyyyMMdd}");
        names.ShouldNotContain($"chat_events_event_{today.AddDays(4):yyyyMMdd}");
        await Should.ThrowAsync<PostgresException>(() => server.Database.ExecuteAsync(DataScope.System, "CREATE TABLE mine (id int)", null, Stop));
    }

    [Fact]
    public async Task Rows_of_a_day_without_a_partition_are_kept_and_the_day_stays_in_the_default()
    {
        await using var server = await AccountsServer.StartAsync();
        var session = Guid.CreateVersion7();
        var far = new DateTimeOffset(2040, 5, 6, 7, 8, 9, TimeSpan.Zero);
        await TimelineEntries.AppendAsync(server, TimelineEntries.Of(Organization, session) with { Timestamp = far });

        await TimelineEntries.EnsureDaysAsync(server.Database, new(2040, 5, 5, 0, 0, 0, TimeSpan.Zero), 3);

        (await PartitionsAsync(server)).ShouldContain("chat_events_event_20400507");
        (await PartitionsAsync(server)).ShouldNotContain("chat_events_event_20400506");
        (await PartitionsAsync(server)).ShouldContain("chat_events_debug_20400506");
        (await TimelineEntries.WrittenAsync(server, session)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Rows_go_to_the_partition_of_their_day_in_utc()
    {
        await using var server = await AccountsServer.StartAsync();
        await TimelineEntries.EnsureDaysAsync(server.Database, new(2041, 1, 1, 0, 0, 0, TimeSpan.Zero), 2);
        var session = Guid.CreateVersion7();

        await TimelineEntries.AppendAsync(server, TimelineEntries.Of(Organization, session) with { Timestamp = new(2041, 1, 1, 23, 59, 59, 999, TimeSpan.Zero) });

        (await server.Database.QueryAsync<string>(
            DataScope.System, "SELECT tableoid::regclass::text FROM chat_events WHERE session_id = @session", new { session }, Stop)).ShouldBe(["chat_events_event_20410101"]);
    }

    [Fact]
    public async Task Through_its_own_name_a_leaf_shows_nothing_to_anybody_not_even_to_its_owner()
    {
        await using var server = await AccountsServer.StartAsync();
        await TimelineEntries.EnsureDaysAsync(server.Database, new(2042, 1, 1, 0, 0, 0, TimeSpan.Zero), 1);
        foreach (var day in new[] { 1, 2 })
            await TimelineEntries.AppendAsync(
                server, TimelineEntries.Of(Organization, Guid.CreateVersion7()) with { Timestamp = new(2042, 1, day, 0, 0, 0, TimeSpan.Zero) });
        var leaves = await server.Database.QueryAsync<string>(
            DataScope.System, "SELECT relid::regclass::text FROM pg_partition_tree('chat_events') WHERE parentrelid IS NOT NULL", null, Stop);
        leaves.ShouldContain("chat_events_event_20420101");
        leaves.ShouldContain("chat_events_event_default");

        foreach (var leaf in leaves)
        {
            (await Should.ThrowAsync<PostgresException>(() => server.Database.QueryAsync<int>(DataScope.System, $"SELECT count(*)::int FROM {leaf}", null, Stop)))
                .SqlState.ShouldBe(PostgresErrorCodes.InsufficientPrivilege, leaf);
            (await Should.ThrowAsync<PostgresException>(() => server.Database.ExecuteAsync(DataScope.System, $"DELETE FROM {leaf}", null, Stop)))
                .SqlState.ShouldBe(PostgresErrorCodes.InsufficientPrivilege, leaf);
            // A class is a table with rows of many days, and without a policy: its owner sees none of them.
            (await OwnerSeesAsync(server, leaf)).ShouldBeFalse(leaf);
        }

        (await server.Database.QueryFirstOrDefaultAsync<int>(DataScope.System, "SELECT count(*)::int FROM chat_events", null, Stop)).ShouldBe(2);
    }

    private static async Task<bool> OwnerSeesAsync(AccountsServer server, string table)
    {
        await using var connection = new NpgsqlConnection(server.OwnerConnectionString);
        await connection.OpenAsync(Stop);
        await using var command = new NpgsqlCommand($"SET evenkeel.scope = 'system'; SELECT count(*) FROM {table}", connection);
        try
        {
            return (long)(await command.ExecuteScalarAsync(Stop))! > 0;
        }
        catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.InsufficientPrivilege)
        {
            return false;
        }
    }

    private static Task<IReadOnlyList<string>> PartitionsAsync(AccountsServer server) => server.Database.QueryAsync<string>(
        DataScope.System, "SELECT relid::regclass::text FROM pg_partition_tree('chat_events')", null, Stop);
}
