namespace Evenkeel.Accounts;

/// <summary>
/// Who runs the installation, beyond their own organization: they see how the server is (<c>/health/ready</c> in full, <c>/metrics</c>). On a server that
/// strangers can register on, everybody owns an organization; that makes nobody its operator.
/// </summary>
public interface IOperators
{
    /// <summary>Whether an owner or administrator belongs to them.</summary>
    /// <exception cref="Npgsql.NpgsqlException">It was never asked before, and the database is away.</exception>
    ValueTask<bool> IncludeAsync(Caller caller, CancellationToken cancellationToken);
}
