using Evenkeel.Tests.Chat;
using Evenkeel.Tests.Harness;
using Npgsql;
using Xunit;

namespace Evenkeel.Tests.Credits;

/// <summary>Calls the functions of a turn as the application does: its role, a scope, one transaction each.</summary>
internal sealed class LedgerConnection(NpgsqlConnection connection) : IAsyncDisposable
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static async Task<LedgerConnection> OpenAsync(TestDatabase database)
    {
        var connection = new NpgsqlConnection(database.ApplicationConnectionString);
        await connection.OpenAsync(Stop);
        return new LedgerConnection(connection);
    }

    /// <summary>An organization with an account; metered with <paramref name="balance"/>, or unmetered.</summary>
    public static async Task<Guid> OpenAccountAsync(TestDatabase database, long? balance)
    {
        var organization = Guid.CreateVersion7();
        await database.ChangeAsync("INSERT INTO organizations (id, name, created_at) VALUES ($1, 'test', now())", organization);
        await database.ChangeAsync("INSERT INTO credit_accounts (organization_id, is_metered) VALUES ($1, $2)", organization, balance is not null);
        if (balance is { } credits)
        {
            await database.ChangeAsync("SELECT credit_refill($1, '2026-01-01', $2)", organization, credits);
        }

        return organization;
    }

    public Task<long> HoldAsync(Guid organization, Guid turn, long amount, Guid? scope = null) =>
        CallAsync(scope ?? organization, "SELECT credit_hold($1, $2, $3, $4)", organization, turn, Guid.CreateVersion7(), amount);

    public Task<long> SettleAsync(Guid organization, Guid turn, long price, Guid? scope = null) =>
        CallAsync(scope ?? organization, "SELECT credit_settle($1, $2, $3, 'scripted', 10, 20)", organization, turn, price);

    public Task<long> ReleaseAsync(Guid organization, Guid turn, Guid? scope = null) =>
        CallAsync(scope ?? organization, "SELECT credit_release($1, $2)", organization, turn);

    public async Task<long> CallAsync(Guid? scope, string sql, params object[] values)
    {
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                new NpgsqlBatchCommand(scope is null
                    ? "SELECT set_config('evenkeel.scope', 'system', true)"
                    : $"SELECT set_config('evenkeel.organization_id', '{scope}', true)"),
                new NpgsqlBatchCommand(sql),
            },
        };
        foreach (var value in values)
        {
            batch.BatchCommands[1].Parameters.Add(new NpgsqlParameter { Value = value });
        }

        await using var reader = await batch.ExecuteReaderAsync(Stop);
        await reader.NextResultAsync(Stop);
        return await reader.ReadAsync(Stop) ? reader.GetInt64(0) : 0;
    }

    /// <summary>Runs a statement in a transaction that fails after it, or in it.</summary>
    public async Task RollBackAsync(Guid scope, string sql)
    {
        await using var transaction = await connection.BeginTransactionAsync(Stop);
        await using var batch = new NpgsqlBatch(connection, transaction)
        {
            BatchCommands = { new NpgsqlBatchCommand($"SELECT set_config('evenkeel.organization_id', '{scope}', true)"), new NpgsqlBatchCommand(sql) },
        };
        try
        {
            await batch.ExecuteNonQueryAsync(Stop);
        }
        catch (PostgresException exception) when (exception.SqlState == "EK003")
        {
            // Refused by itself: the transaction has failed already.
        }

        await transaction.RollbackAsync(Stop);
    }

    public ValueTask DisposeAsync() => connection.DisposeAsync();
}
