using System.Data.Common;
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
public sealed record DatabaseConnection(string ConnectionString, string? AssumeRole, bool PooledTransactions)
{
    /// <summary>How the pooler was found; null where nobody looked, because the database is the server's own.</summary>
    public PoolerDecision? Pooler { get; init; }
}

/// <summary>
/// The only door to PostgreSQL. Every statement runs in a <see cref="DataScope"/>, set for its transaction in the same round trip,
/// so that it works through a transaction-mode pooler and nothing leaks into the next use of a connection. A connection that died in the pool
/// does not fail what can be repeated: everything that begins with <c>SELECT</c>, what says so (<see cref="ScopedBatch.IsRepeatable"/>), and any write of
/// which it is proven that it did not happen. Nothing is repeated more than once: a database that is away is said so at once.
/// </summary>
public sealed class Database : IAsyncDisposable
{
    // The driver's own size when the connection string gives none. Statements are short: more sessions than some ten per core only wait
    // for each other inside PostgreSQL, each with its own process, caches and prepared statements.
    private const int DriverPoolSize = 100;

    // The driver's own patience, 15 s to connect and 30 s for a statement, is longer than a person's: a frozen database is to be noticed.
    private const int DriverConnectSeconds = 15;
    private const int DriverCommandSeconds = 30;
    private const int ConnectSeconds = 5;
    private const int CommandSeconds = 10;

    private readonly NpgsqlDataSource _source;
    private readonly WatchStatements? _watch;
    private readonly string _scopeSql;

    static Database()
    {
        DefaultTypeMap.MatchNamesWithUnderscores = true;
        SqlMapper.AddTypeHandler(new TimestampHandler());
    }

    /// <param name="connection">Where and as whom.</param>
    /// <param name="watch">Times statements; null = nobody does.</param>
    public Database(DatabaseConnection connection, WatchStatements? watch = null)
    {
        Connection = connection;
        _watch = watch;
        // Named, or its metrics would carry the connection string.
        var source = new NpgsqlDataSourceBuilder(Tune(connection)) { Name = "evenkeel" };
        // The driver's spans record the words of a failure, values and all, as events that nobody can take back.
        source.ConfigureTracing(tracing => tracing.ConfigureCommandFilter(_ => false).ConfigureBatchFilter(_ => false).EnablePhysicalOpenTracing(false));
        _source = source.Build();
        // The role's name is our own constant, never a request's text; it stands in a string literal.
        var role = connection.AssumeRole is { } name ? $", set_config('role', '{name.Replace("'", "''", StringComparison.Ordinal)}', true)" : "";
        _scopeSql = $"SELECT set_config('evenkeel.organization_id', $1, true), set_config('evenkeel.scope', $2, true){role}";
    }

    /// <summary>The settings in force.</summary>
    public DatabaseConnection Connection { get; }

    /// <summary>
    /// All rows of a query, mapped by column name (Dapper; <c>@name</c> parameters from <paramref name="args"/>). One that begins with <c>SELECT</c> is
    /// repeated when its connection turns out to be dead: what must not happen twice does not begin so.
    /// </summary>
    public Task<IReadOnlyList<T>> QueryAsync<T>(DataScope scope, string sql, object? args, CancellationToken cancellationToken) =>
        OnConnectionAsync(sql, async connection =>
        {
            await using var grid = await connection.QueryMultipleAsync(Command(scope, sql, args, cancellationToken));
            await SkipScopeAsync(grid);
            return (IReadOnlyList<T>)(await grid.ReadAsync<T>()).AsList();
        }, cancellationToken);

    /// <summary>The first row of a query, or null. Repeated like <see cref="QueryAsync"/>.</summary>
    public Task<T?> QueryFirstOrDefaultAsync<T>(DataScope scope, string sql, object? args, CancellationToken cancellationToken) =>
        OnConnectionAsync(sql, async connection =>
        {
            await using var grid = await connection.QueryMultipleAsync(Command(scope, sql, args, cancellationToken));
            await SkipScopeAsync(grid);
            return await grid.ReadFirstOrDefaultAsync<T>();
        }, cancellationToken);

    /// <summary>Runs one statement, or several separated by semicolons, as one transaction.</summary>
    /// <returns>Rows inserted, updated or deleted.</returns>
    public async Task<int> ExecuteAsync(DataScope scope, string sql, object? args, CancellationToken cancellationToken)
    {
        for (var isRepeated = false; ; isRepeated = true)
        {
            await using var connection = await _source.OpenConnectionAsync(cancellationToken);
            var running = _watch?.Begin() ?? default;
            DbDataReader reader;
            try
            {
                reader = await connection.ExecuteReaderAsync(Command(scope, sql, args, cancellationToken));
            }
            catch (NpgsqlException exception) when (!isRepeated && DatabaseOutage.ProvesThatNothingHappened(exception))
            {
                running.End(sql);
                continue;
            }

            await using (reader)
            {
                while (await reader.NextResultAsync(cancellationToken))
                {
                }

                running.End(sql);
                return reader.RecordsAffected;
            }
        }
    }

    /// <summary>
    /// Several statements with positional parameters (<c>$1</c>) in one round trip and one transaction: the way of hot paths.
    /// Either all of them happen or none.
    /// </summary>
    /// <param name="scope">On whose behalf.</param>
    /// <param name="isRepeatable">See <see cref="ScopedBatch.IsRepeatable"/>.</param>
    public ScopedBatch CreateBatch(DataScope scope, bool isRepeatable = false) => new(_source, Prelude(scope), _watch) { IsRepeatable = isRepeatable };

    /// <summary>A transaction of several round trips. Dispose without commit rolls back.</summary>
    public async Task<ScopedTransaction> BeginAsync(DataScope scope, CancellationToken cancellationToken)
    {
        for (var isRepeated = false; ; isRepeated = true)
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
            catch (NpgsqlException exception) when (!isRepeated && DatabaseOutage.IsLostConnection(exception))
            {
                // Nothing but the beginning was asked for.
                await connection.DisposeAsync();
            }
            catch
            {
                await connection.DisposeAsync();
                throw;
            }
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

        return await OpenUnpooledAsync(cancellationToken);
    }

    /// <summary>Outside the driver's pool: closing it really ends the connection, and with a session everything it holds.</summary>
    internal async Task<NpgsqlConnection> OpenUnpooledAsync(CancellationToken cancellationToken)
    {
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(Tune(Connection)) { Pooling = false }.ConnectionString);
        await connection.OpenAsync(cancellationToken);
        return connection;
    }

    /// <summary>Drops the connections that wait in the pool; those in use are dropped when they are given back.</summary>
    internal void DropIdleConnections() => _source.Clear();

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _source.DisposeAsync();

    private static string Tune(DatabaseConnection connection)
    {
        var builder = new NpgsqlConnectionStringBuilder(connection.ConnectionString) { ApplicationName = "evenkeel" };
        if (builder.MaxPoolSize == DriverPoolSize)
        {
            builder.MaxPoolSize = Math.Clamp(10 * Environment.ProcessorCount, 20, 60);
        }

        builder.Timeout = builder.Timeout == DriverConnectSeconds ? ConnectSeconds : builder.Timeout;
        builder.CommandTimeout = builder.CommandTimeout == DriverCommandSeconds ? CommandSeconds : builder.CommandTimeout;
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

    private static bool IsRead(string sql) => sql.AsSpan().TrimStart().StartsWith("SELECT", StringComparison.OrdinalIgnoreCase);

    private async Task<T> OnConnectionAsync<T>(string sql, Func<NpgsqlConnection, Task<T>> use, CancellationToken cancellationToken)
    {
        var isRepeatable = IsRead(sql);
        for (var isRepeated = false; ; isRepeated = true)
        {
            await using var connection = await _source.OpenConnectionAsync(cancellationToken);
            var running = _watch?.Begin() ?? default;
            try
            {
                return await use(connection);
            }
            catch (NpgsqlException exception) when (isRepeatable && !isRepeated && DatabaseOutage.IsLostConnection(exception))
            {
                // The driver empties its pool at such a failure, so the second try opens a connection.
            }
            finally
            {
                running.End(sql);
            }
        }
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
