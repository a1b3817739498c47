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

    /// <summary>Rolls back what was not committed and gives the connection back.</summary>
    public async ValueTask DisposeAsync()
    {
        await Transaction.DisposeAsync();
        await Connection.DisposeAsync();
    }
}
