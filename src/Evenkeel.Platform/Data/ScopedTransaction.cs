using Npgsql;

namespace Evenkeel.Platform.Data;

/// <summary>A transaction in a scope. Use <see cref="Connection"/> with Dapper (pass <see cref="Transaction"/>) or Npgsql.</summary>
public sealed class ScopedTransaction : IAsyncDisposable
{
    internal ScopedTransaction(NpgsqlConnection connection, NpgsqlTransaction transaction) =>
        (Connection, Transaction) = (connection, transaction);

    /// <summary>The connection, scope already set.</summary>
    public NpgsqlConnection Connection { get; }

    /// <summary>The open transaction.</summary>
    public NpgsqlTransaction Transaction { get; }

    /// <summary>Makes everything durable.</summary>
    public Task CommitAsync(CancellationToken cancellationToken) => Transaction.CommitAsync(cancellationToken);

    /// <summary>Goes on in the scope of one organization, where the transaction began in another scope (registration).</summary>
    public async Task NarrowToAsync(Guid organizationId, CancellationToken cancellationToken)
    {
        var scope = DataScope.Organization(organizationId);
        await using var command = new NpgsqlCommand(
            "SELECT set_config('evenkeel.organization_id', $1, true), set_config('evenkeel.scope', $2, true)", Connection, Transaction)
        {
            Parameters =
            {
                new NpgsqlParameter<string> { TypedValue = scope.OrganizationId },
                new NpgsqlParameter<string> { TypedValue = scope.Scope },
            },
        };
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Rolls back what was not committed and gives the connection back.</summary>
    public async ValueTask DisposeAsync()
    {
        await Transaction.DisposeAsync();
        await Connection.DisposeAsync();
    }
}
