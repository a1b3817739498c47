using Dapper;
using Npgsql;

namespace Evenkeel.Platform.Data;

/// <summary>How the application reaches PostgreSQL.</summary>
/// <param name="ConnectionString">Connection string of the application's login.</param>
/// <param name="AssumeRole">
/// A role without the right to bypass row-level security, assumed for each transaction where the login itself could bypass it
/// (a superuser); null where the login cannot.
/// </param>
/// <param name="PooledTransactions">A transaction-mode pooler stands between: no prepared statements, no session state, no LISTEN.</param>
public sealed record DatabaseConnection(string ConnectionString, string? AssumeRole, bool PooledTransactions);

/// <summary>
/// The only door to PostgreSQL. Every statement runs in a <see cref="DataScope"/>, set for its transaction in the same round trip,
/// so that it works through a transaction-mode pooler and nothing leaks into the next use of a connection.
/// </summary>
public sealed class Database : IAsyncDisposable
{
    // The driver's own size when the connection string gives none. Statements are short: more sessions than some ten per core only wait
    // for each other inside PostgreSQL, each with its own process, caches and prepared statements.
    private const int DriverPoolSize = 100;

    private readonly NpgsqlDataSource _source;
    private readonly string _scopeSql;

    static Database()
    {
        DefaultTypeMap.MatchNamesWithUnderscores = true;
        SqlMapper.AddTypeHandler(new TimestampHandler());
    }

    /// <param name="connection">Where and as whom.</param>
    public Database(DatabaseConnection connection)
    {
        Connection = connection;
        _source = NpgsqlDataSource.Create(Tune(connection));
        // The role's name is our own constant, never a request's text; it stands in a string literal.
        var role = connection.AssumeRole is { } name ? $", set_config('role', '{name.Replace("'", "''", StringComparison.Ordinal)}', true)" : "";
        _scopeSql = $"SELECT set_config('evenkeel.organization_id', $1, true), set_config('evenkeel.scope', $2, true){role}";
    }

    /// <summary>The settings in force.</summary>
    public DatabaseConnection Connection { get; }

    /// <summary>All rows of a query, mapped by column name (Dapper; <c>@name</c> parameters from <paramref name="args"/>).</summary>
    public async Task<IReadOnlyList<T>> QueryAsync<T>(DataScope scope, string sql, object? args, CancellationToken cancellationToken)
    {
        await using var connection = await _source.OpenConnectionAsync(cancellationToken);
        await using var grid = await connection.QueryMultipleAsync(Command(scope, sql, args, cancellationToken));
        await SkipScopeAsync(grid);
        return (await grid.ReadAsync<T>()).AsList();
    }

    /// <summary>The first row of a query, or null.</summary>
    public async Task<T?> QueryFirstOrDefaultAsync<T>(DataScope scope, string sql, object? args, CancellationToken cancellationToken)
    {
        await using var connection = await _source.OpenConnectionAsync(cancellationToken);
        await using var grid = await connection.QueryMultipleAsync(Command(scope, sql, args, cancellationToken));
        await SkipScopeAsync(grid);
        return await grid.ReadFirstOrDefaultAsync<T>();
    }

    /// <summary>Runs one statement, or several separated by semicolons, as one transaction.</summary>
    /// <returns>Rows inserted, updated or deleted.</returns>
    public async Task<int> ExecuteAsync(DataScope scope, string sql, object? args, CancellationToken cancellationToken)
    {
        await using var connection = await _source.OpenConnectionAsync(cancellationToken);
        return await connection.ExecuteAsync(Command(scope, sql, args, cancellationToken));
    }

    /// <summary>
    /// Several statements with positional parameters (<c>$1</c>) in one round trip and one transaction: the way of hot paths.
    /// Either all of them happen or none.
    /// </summary>
    public ScopedBatch CreateBatch(DataScope scope) => new(_source, Prelude(scope));

    /// <summary>A transaction of several round trips. Dispose without commit rolls back.</summary>
    public async Task<ScopedTransaction> BeginAsync(DataScope scope, CancellationToken cancellationToken)
    {
        var connection = await _source.OpenConnectionAsync(cancellationToken);
        try
        {
            var transaction = await connection.BeginTransactionAsync(cancellationToken);
            await using var batch = new NpgsqlBatch(connection, transaction);
            batch.BatchCommands.Add(Prelude(scope));
            await batch.ExecuteNonQueryAsync(cancellationToken);
            return new ScopedTransaction(connection, transaction);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>
    /// A connection of one's own for session state (advisory locks, LISTEN), without any scope: tenant tables are empty on it.
    /// Refused behind a transaction-mode pooler.
    /// </summary>
    public async Task<NpgsqlConnection> OpenSessionAsync(CancellationToken cancellationToken)
    {
        if (Connection.PooledTransactions)
        {
            throw new InvalidOperationException("Session state is not available behind a transaction-mode pooler.");
        }

        // Outside the pool: closing it must really end the session, and with it everything it holds.
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(Connection.ConnectionString) { Pooling = false }.ConnectionString);
        await connection.OpenAsync(cancellationToken);
        return connection;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _source.DisposeAsync();

    private static string Tune(DatabaseConnection connection)
    {
        var builder = new NpgsqlConnectionStringBuilder(connection.ConnectionString) { ApplicationName = "evenkeel" };
        if (builder.MaxPoolSize == DriverPoolSize)
        {
            builder.MaxPoolSize = Math.Clamp(10 * Environment.ProcessorCount, 20, 60);
        }

        if (connection.PooledTransactions)
        {
            builder.MaxAutoPrepare = 0;
            builder.NoResetOnClose = true;
        }
        else if (builder.MaxAutoPrepare == 0)
        {
            builder.MaxAutoPrepare = 200;
            builder.AutoPrepareMinUsages = 2;
            // All settings are transaction-local and session use has connections of its own: nothing to reset.
            builder.NoResetOnClose = true;
        }

        return builder.ConnectionString;
    }

    private CommandDefinition Command(DataScope scope, string sql, object? args, CancellationToken cancellationToken)
    {
        var parameters = new DynamicParameters(args);
        parameters.Add("scope_organization", scope.OrganizationId);
        parameters.Add("scope_kind", scope.Scope);
        var prelude = _scopeSql.Replace("$1", "@scope_organization", StringComparison.Ordinal).Replace("$2", "@scope_kind", StringComparison.Ordinal);
        return new CommandDefinition($"{prelude};\n{sql}", parameters, cancellationToken: cancellationToken);
    }

    private NpgsqlBatchCommand Prelude(DataScope scope) => new(_scopeSql)
    {
        Parameters =
        {
            new NpgsqlParameter<string> { TypedValue = scope.OrganizationId },
            new NpgsqlParameter<string> { TypedValue = scope.Scope },
        },
    };

    private static async Task SkipScopeAsync(SqlMapper.GridReader grid) => await grid.ReadFirstAsync<object>();

    private sealed class TimestampHandler : SqlMapper.TypeHandler<DateTimeOffset>
    {
        public override DateTimeOffset Parse(object value) => value switch
        {
            DateTime time => new DateTimeOffset(DateTime.SpecifyKind(time, DateTimeKind.Utc)),
            DateTimeOffset time => time,
            _ => throw new InvalidCastException($"{value.GetType().Name} is not a timestamp"),
        };

        public override void SetValue(System.Data.IDbDataParameter parameter, DateTimeOffset value) => parameter.Value = value.UtcDateTime;
    }
}
