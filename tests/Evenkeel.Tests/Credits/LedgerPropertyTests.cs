using Evenkeel.Host.Server;
using Evenkeel.Platform.Data;
using Evenkeel.Tests.Chat;
using Evenkeel.Tests.Harness;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Shouldly;
using Xunit;

namespace Evenkeel.Tests.Credits;

/// <summary>
/// Whatever is called on however many connections, in whatever order and however often: at every moment the ledger says what the turns that
/// succeeded cost and what open ones hold, and the account is the sum of the ledger.
/// </summary>
public sealed class LedgerPropertyTests : IAsyncLifetime
{
    private const int Connections = 4;
    private const int Turns = 6;
    private const int Cases = 150;

    // One statement is one snapshot: it may be asked at any moment.
    private const string Violations =
        """
        WITH turn AS (
            SELECT organization_id, turn_id, count(*) FILTER (WHERE kind = 'hold') AS holds, count(*) FILTER (WHERE kind <> 'hold') AS ends,
                   sum(amount) AS net, -sum(amount) FILTER (WHERE kind = 'hold') AS held, sum(price) AS price, bool_or(kind = 'release') AS is_released,
                   bool_or(is_metered) AS is_metered
            FROM credit_ledger WHERE turn_id IS NOT NULL GROUP BY 1, 2
        ), wrong_turn AS (
            SELECT FROM turn
            WHERE holds <> 1 OR ends > 1 OR net <> CASE WHEN ends = 0 THEN -held WHEN is_released THEN 0 ELSE -price END
        ), wrong_account AS (
            SELECT FROM credit_accounts a
            WHERE balance <> coalesce((SELECT sum(amount) FROM credit_ledger l WHERE l.organization_id = a.organization_id AND l.is_metered), 0)
               OR held <> coalesce((SELECT sum(held) FROM turn WHERE turn.organization_id = a.organization_id AND turn.is_metered AND ends = 0), 0)
               OR balance < 0
        )
        SELECT (SELECT count(*) FROM wrong_turn) + (SELECT count(*) FROM wrong_account)
        """;

    private static readonly Gen<Call> AnyCall =
        from what in Gen.Frequency((4, Gen.Constant(Kind.Hold)), (3, Gen.Constant(Kind.Settle)), (3, Gen.Constant(Kind.Release)))
        from turn in Gen.Choose(0, Turns - 1)
        from amount in Gen.Choose(0, 3)
        from isRolledBack in Gen.Frequency((5, Gen.Constant(false)), (1, Gen.Constant(true)))
        select new Call(what, turn, amount * 1_000, isRolledBack);

    private static readonly Gen<Case> AnyCase =
        from isMetered in Gen.Frequency((4, Gen.Constant(true)), (1, Gen.Constant(false)))
        from balance in Gen.Choose(0, 9)
        from programs in AnyCall.ListOf(12).ArrayOf(Connections)
        select new Case(isMetered ? balance * 1_000 : null, [.. programs.Select(program => program.ToArray())]);

    private readonly List<LedgerConnection> _connections = [];
    private TestDatabase _database = null!;

    private enum Kind
    {
        Hold,
        Settle,
        Release,
    }

    public async ValueTask InitializeAsync()
    {
        _database = await TestDatabase.CreateDatabaseAsync(await TestDatabase.TemplateAsync("migrated", MigrateAsync));
        for (var number = 0; number <= Connections; number++)
        {
            _connections.Add(await LedgerConnection.OpenAsync(_database));
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var connection in _connections)
        {
            await connection.DisposeAsync();
        }

        await _database.DisposeAsync();
    }

    [Fact]
    public void The_ledger_is_right_at_every_moment_whatever_is_called_at_once() =>
        Prop.ForAll(Arb.From(AnyCase), one => RunAsync(one).GetAwaiter().GetResult()).Check(Config.QuickThrowOnFailure.WithMaxTest(Cases));

    private async Task RunAsync(Case one)
    {
        var organization = await LedgerConnection.OpenAccountAsync(_database, one.Balance);
        var turns = Enumerable.Range(0, Turns).Select(_ => Guid.CreateVersion7()).ToArray();
        using var isOver = new CancellationTokenSource();
        var watching = WatchAsync(isOver.Token);

        var charged = await Task.WhenAll(one.Programs.Select((program, number) => Task.Run(() => PlayAsync(_connections[number], organization, turns, program))));

        await isOver.CancelAsync();
        await watching;
        (await _database.LookAsync<long>(Violations)).ShouldBe(0);
        (await _database.LookAsync<decimal>("SELECT coalesce(sum(price), 0) FROM credit_ledger WHERE organization_id = $1", organization)).ShouldBe(charged.Sum());
    }

    private async Task WatchAsync(CancellationToken isOver)
    {
        do
        {
            (await _connections[^1].CallAsync(null, Violations)).ShouldBe(0, "in between");
        }
        while (!isOver.IsCancellationRequested);
    }

    /// <returns>What the settlements said they charged.</returns>
    private static async Task<long> PlayAsync(LedgerConnection ledger, Guid organization, Guid[] turns, Call[] program)
    {
        var charged = 0L;
        foreach (var call in program)
        {
            var turn = turns[call.Turn];
            // Never dearer than what is held; an answer that is dearer is another test's.
            var held = 1_000L * (1 + (call.Turn % 3));
            var price = Math.Min(call.Amount, held);
            if (call.IsRolledBack)
            {
                await ledger.RollBackAsync(organization, $"SELECT credit_{call.Kind}('{organization}', '{turn}'{Arguments(call.Kind, turn, held, price)})");
                continue;
            }

            try
            {
                charged += call.Kind switch
                {
                    Kind.Settle => await ledger.SettleAsync(organization, turn, price),
                    Kind.Hold => 0 * await ledger.HoldAsync(organization, turn, held),
                    _ => 0 * await ledger.ReleaseAsync(organization, turn),
                };
            }
            catch (PostgresException exception) when (exception.SqlState == "EK003")
            {
                // Not enough credits: nothing is left of the call.
            }
        }

        return charged;
    }

    private static string Arguments(Kind kind, Guid turn, long held, long price) => kind switch
    {
        Kind.Hold => $", '{turn}', {held}",
        Kind.Settle => $", {price}, 'm', 1, 1",
        _ => "",
    };

    private static Task MigrateAsync(TestDatabase database) =>
        new Migrator(database.OwnerConnectionString, ExternalPostgres.ApplicationRole, NullLogger.Instance)
            .RunAsync(Modules.Migrations, grantToApplicationRole: true, CancellationToken.None);

    private sealed record Call(Kind Kind, int Turn, long Amount, bool IsRolledBack);

    private sealed record Case(long? Balance, Call[][] Programs)
    {
        public override string ToString() =>
            $"balance {Balance}: {string.Join(" | ", Programs.Select(program => string.Join(", ", program.Select(call => call.ToString()))))}";
    }
}
