using Evenkeel.Host.Server;
using Evenkeel.Platform.Data;
using Evenkeel.Tests.Chat;
using Evenkeel.Tests.Harness;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Shouldly;
using Xunit;

namespace Evenkeel.Tests.Credits;

/// <summary>The functions of a turn, called directly.</summary>
public sealed class LedgerTests : IAsyncLifetime
{
    private TestDatabase _database = null!;
    private LedgerConnection _ledger = null!;

    public async ValueTask InitializeAsync()
    {
        _database = await TestDatabase.CreateDatabaseAsync(await TestDatabase.TemplateAsync("migrated", MigrateAsync));
        _ledger = await LedgerConnection.OpenAsync(_database);
    }

    public async ValueTask DisposeAsync()
    {
        await _ledger.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task A_turn_that_succeeds_costs_its_price_whatever_was_held()
    {
        var organization = await LedgerConnection.OpenAccountAsync(_database, 10_000);
        var (cheap, dear) = (Guid.CreateVersion7(), Guid.CreateVersion7());

        (await _ledger.HoldAsync(organization, cheap, 3_000)).ShouldBe(3_000);
        (await BalanceAsync(organization)).ShouldBe("7000 held 3000");
        (await _ledger.SettleAsync(organization, cheap, 1_200)).ShouldBe(1_200);
        (await BalanceAsync(organization)).ShouldBe("8800 held 0");

        await _ledger.HoldAsync(organization, dear, 8_000);
        (await _ledger.SettleAsync(organization, dear, 9_000)).ShouldBe(9_000);
        (await BalanceAsync(organization)).ShouldBe("-200 held 0");
        await Should.ThrowAsync<PostgresException>(() => _ledger.HoldAsync(organization, Guid.CreateVersion7(), 1));
    }

    [Fact]
    public async Task A_turn_that_does_not_succeed_costs_nothing()
    {
        var organization = await LedgerConnection.OpenAccountAsync(_database, 5_000);
        var turn = Guid.CreateVersion7();

        await _ledger.HoldAsync(organization, turn, 3_000);
        (await _ledger.ReleaseAsync(organization, turn)).ShouldBe(3_000);

        (await BalanceAsync(organization)).ShouldBe("5000 held 0");
    }

    [Fact]
    public async Task Calling_again_changes_nothing_and_the_first_end_counts()
    {
        var organization = await LedgerConnection.OpenAccountAsync(_database, 3_000);
        var (won, lost) = (Guid.CreateVersion7(), Guid.CreateVersion7());

        await _ledger.HoldAsync(organization, won, 2_000);
        (await _ledger.HoldAsync(organization, won, 2_000)).ShouldBe(0, "not refused either, though the balance would not reach twice");
        await _ledger.SettleAsync(organization, won, 1_000);
        (await _ledger.SettleAsync(organization, won, 1_000)).ShouldBe(0);
        (await _ledger.ReleaseAsync(organization, won)).ShouldBe(0);
        (await BalanceAsync(organization)).ShouldBe("2000 held 0");

        await _ledger.HoldAsync(organization, lost, 2_000);
        await _ledger.ReleaseAsync(organization, lost);
        (await _ledger.SettleAsync(organization, lost, 1_000)).ShouldBe(0);
        (await BalanceAsync(organization)).ShouldBe("2000 held 0");
        (await CountAsync(organization)).ShouldBe(5);
    }

    [Fact]
    public async Task A_hold_that_the_balance_does_not_reach_for_is_refused_and_leaves_no_trace()
    {
        var organization = await LedgerConnection.OpenAccountAsync(_database, 999);

        var refused = await Should.ThrowAsync<PostgresException>(() => _ledger.HoldAsync(organization, Guid.CreateVersion7(), 1_000));

        refused.SqlState.ShouldBe("EK003");
        (await BalanceAsync(organization)).ShouldBe("999 held 0");
        (await CountAsync(organization)).ShouldBe(1, "the refill only");
        (await _ledger.HoldAsync(organization, Guid.CreateVersion7(), 999)).ShouldBe(999);
    }

    [Fact]
    public async Task Under_an_unmetered_plan_nothing_is_refused_and_everything_is_recorded()
    {
        var organization = await LedgerConnection.OpenAccountAsync(_database, null);
        var turn = Guid.CreateVersion7();

        await _ledger.HoldAsync(organization, turn, 5_000);
        await _ledger.SettleAsync(organization, turn, 2_000);

        (await BalanceAsync(organization)).ShouldBe("0 held 0");
        (await _database.LookAsync<decimal>("SELECT sum(amount) FROM credit_ledger WHERE organization_id = $1", organization)).ShouldBe(-2_000);
        (await _database.LookAsync<string>(
            "SELECT concat_ws(' ', price, model, input_tokens, output_tokens) FROM credit_ledger WHERE turn_id = $1 AND kind = 'settle'", turn)).ShouldBe("2000 scripted 10 20");
    }

    [Fact]
    public async Task A_turn_ends_as_it_was_held_though_the_plan_changed_in_between()
    {
        var organization = await LedgerConnection.OpenAccountAsync(_database, 5_000);
        var (metered, unmetered) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        await _ledger.HoldAsync(organization, metered, 2_000);
        await _database.ChangeAsync("UPDATE credit_accounts SET is_metered = false WHERE organization_id = $1", organization);
        await _ledger.HoldAsync(organization, unmetered, 100_000);
        await _database.ChangeAsync("UPDATE credit_accounts SET is_metered = true WHERE organization_id = $1", organization);

        await _ledger.ReleaseAsync(organization, metered);
        await _ledger.SettleAsync(organization, unmetered, 50_000);

        (await BalanceAsync(organization)).ShouldBe("5000 held 0");
    }

    [Fact]
    public async Task A_turn_without_a_hold_ends_without_a_trace()
    {
        var organization = await LedgerConnection.OpenAccountAsync(_database, 5_000);

        (await _ledger.SettleAsync(organization, Guid.CreateVersion7(), 1_000)).ShouldBe(0);
        (await _ledger.ReleaseAsync(organization, Guid.CreateVersion7())).ShouldBe(0);

        (await CountAsync(organization)).ShouldBe(1);
    }

    [Fact]
    public async Task Another_organization_s_scope_reaches_neither_account_nor_hold_and_the_system_s_does()
    {
        var organization = await LedgerConnection.OpenAccountAsync(_database, 5_000);
        var stranger = await LedgerConnection.OpenAccountAsync(_database, 5_000);
        var turn = Guid.CreateVersion7();
        await _ledger.HoldAsync(organization, turn, 1_000);

        (await Should.ThrowAsync<PostgresException>(() => _ledger.HoldAsync(organization, Guid.CreateVersion7(), 1_000, stranger)))
            .SqlState.ShouldBe(PostgresErrorCodes.InsufficientPrivilege);
        (await _ledger.SettleAsync(organization, turn, 1_000, stranger)).ShouldBe(0);
        (await _ledger.ReleaseAsync(organization, turn, stranger)).ShouldBe(0);
        (await BalanceAsync(organization)).ShouldBe("4000 held 1000");

        (await _ledger.CallAsync(null, "SELECT credit_release($1, $2)", organization, turn)).ShouldBe(1_000);
        (await BalanceAsync(organization)).ShouldBe("5000 held 0");
    }

    [Theory]
    [InlineData("UPDATE credit_ledger SET amount = 0")]
    [InlineData("DELETE FROM credit_ledger")]
    [InlineData("TRUNCATE credit_ledger")]
    public async Task Not_even_an_administrator_rewrites_the_ledger(string sql)
    {
        var organization = await LedgerConnection.OpenAccountAsync(_database, 5_000);

        (await Should.ThrowAsync<PostgresException>(() => _database.ChangeAsync(sql))).SqlState.ShouldBe("23001");
        if (!sql.StartsWith("TRUNCATE", StringComparison.Ordinal))
        {
            (await Should.ThrowAsync<PostgresException>(() => _ledger.CallAsync(organization, sql))).SqlState.ShouldBe("23001");
        }

        (await CountAsync(organization)).ShouldBe(1);
    }

    [Fact]
    public async Task Many_holds_at_once_take_exactly_what_there_is()
    {
        var organization = await LedgerConnection.OpenAccountAsync(_database, 7_500);

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 24).Select(_ => Task.Run(TryHoldAsync)));

        outcomes.Count(accepted => accepted).ShouldBe(7);
        (await BalanceAsync(organization)).ShouldBe("500 held 7000");

        async Task<bool> TryHoldAsync()
        {
            await using var ledger = await LedgerConnection.OpenAsync(_database);
            try
            {
                return await ledger.HoldAsync(organization, Guid.CreateVersion7(), 1_000) == 1_000;
            }
            catch (PostgresException exception) when (exception.SqlState == "EK003")
            {
                return false;
            }
        }
    }

    [Fact]
    public async Task Many_ends_at_once_end_a_turn_once()
    {
        var organization = await LedgerConnection.OpenAccountAsync(_database, 10_000);
        var turn = Guid.CreateVersion7();
        await _ledger.HoldAsync(organization, turn, 4_000);

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 16).Select(place => Task.Run(() => EndAsync(place))));

        outcomes.Count(given => given != 0).ShouldBe(1);
        (await BalanceAsync(organization)).ShouldBe(outcomes.Sum() == 4_000 ? "10000 held 0" : "9000 held 0");

        async Task<long> EndAsync(int place)
        {
            await using var ledger = await LedgerConnection.OpenAsync(_database);
            return place % 2 == 0 ? await ledger.SettleAsync(organization, turn, 1_000) : await ledger.ReleaseAsync(organization, turn);
        }
    }

    [Fact]
    public async Task Organizations_from_before_have_an_account_after_migrating()
    {
        await using var database = await TestDatabase.CreateDatabaseAsync(ct: TestContext.Current.CancellationToken);
        var migrator = new Migrator(database.OwnerConnectionString, ExternalPostgres.ApplicationRole, NullLogger.Instance);
        await migrator.RunAsync(
            [.. Modules.Migrations.Where(migration => migration.Module is "Platform" || migration.Name == "Accounts/0001_accounts.sql")], true, TestContext.Current.CancellationToken);
        var organization = Guid.CreateVersion7();
        await database.ChangeAsync("INSERT INTO organizations (id, name, created_at) VALUES ($1, 'old', now())", organization);

        await migrator.RunAsync(Modules.Migrations, true, TestContext.Current.CancellationToken);

        (await database.LookAsync<bool>("SELECT is_metered FROM credit_accounts WHERE organization_id = $1", organization)).ShouldBeFalse();
    }

    private static Task MigrateAsync(TestDatabase database) =>
        new Migrator(database.OwnerConnectionString, ExternalPostgres.ApplicationRole, NullLogger.Instance)
            .RunAsync(Modules.Migrations, grantToApplicationRole: true, CancellationToken.None);

    private Task<string> BalanceAsync(Guid organization) =>
        _database.LookAsync<string>("SELECT balance || ' held ' || held FROM credit_accounts WHERE organization_id = $1", organization);

    private Task<long> CountAsync(Guid organization) => _database.LookAsync<long>("SELECT count(*) FROM credit_ledger WHERE organization_id = $1", organization);
}
