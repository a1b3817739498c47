using Npgsql;
using NpgsqlTypes;

namespace Evenkeel.Platform.Data;

/// <summary>Statements that run together: one round trip, one transaction, one scope.</summary>
public sealed class ScopedBatch : IAsyncDisposable
{
    private readonly NpgsqlDataSource _source;
    private readonly WatchStatements? _watch;
    private readonly List<NpgsqlBatchCommand> _commands;
    private WatchStatements.Running _running;
    private NpgsqlConnection? _connection;
    private NpgsqlBatch? _batch;

    internal ScopedBatch(NpgsqlDataSource source, NpgsqlBatchCommand prelude, WatchStatements? watch) => (_source, _commands, _watch) = (source, [prelude], watch);

    /// <summary>Adds a statement; parameters are <c>$1</c>, <c>$2</c> … in order. Use typed <see cref="NpgsqlParameter{T}"/> on hot paths.</summary>
    public ScopedBatch Add(string sql, params ReadOnlySpan<NpgsqlParameter> parameters)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var parameter in parameters)
        {
            command.Parameters.Add(parameter);
        }

        _commands.Add(command);
        return this;
    }

    /// <summary>
    /// The batch may run twice: it only reads, or repeating it changes nothing. It is repeated once when its connection turns out to be dead
    /// before the first result; any other batch only when it is proven that nothing happened.
    /// </summary>
    public bool IsRepeatable { get; init; }

    /// <summary>Runs all statements.</summary>
    public async Task ExecuteAsync(CancellationToken cancellationToken)
    {
        await using var reader = await ExecuteReaderAsync(cancellationToken);
        while (await reader.NextResultAsync(cancellationToken))
        {
        }
    }

    /// <summary>
    /// Runs all statements and reads their result sets in order; the scope's own is already skipped, so the reader stands on the
    /// first statement's. The transaction commits when the reader has been read to its end or disposed. Dispose the batch afterwards.
    /// </summary>
    public async Task<NpgsqlDataReader> ExecuteReaderAsync(CancellationToken cancellationToken)
    {
        for (var isRepeated = false; ; isRepeated = true)
        {
            _connection = await _source.OpenConnectionAsync(cancellationToken);
            _batch = Build(_connection);
            _running = _watch?.Begin() ?? default;
            NpgsqlDataReader reader;
            try
            {
                reader = await _batch.ExecuteReaderAsync(cancellationToken);
            }
            catch (NpgsqlException exception) when (!isRepeated && MayRepeat(exception))
            {
                await DisposeAsync();
                Renew();
                continue;
            }

            await reader.NextResultAsync(cancellationToken);
            return reader;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _running.End(_commands);
        _running = default;
        if (_batch is not null)
        {
            await _batch.DisposeAsync();
        }

        if (_connection is not null)
        {
            await _connection.DisposeAsync();
        }
    }

    private bool MayRepeat(NpgsqlException exception) =>
        DatabaseOutage.ProvesThatNothingHappened(exception) || (IsRepeatable && DatabaseOutage.IsLostConnection(exception));

    /// <summary>A command remembers what was prepared on its connection: another connection needs another command.</summary>
    private void Renew()
    {
        for (var index = 0; index < _commands.Count; index++)
        {
            var again = new NpgsqlBatchCommand(_commands[index].CommandText);
            foreach (NpgsqlParameter parameter in _commands[index].Parameters)
            {
                again.Parameters.Add((NpgsqlParameter)((ICloneable)parameter).Clone());
            }

            _commands[index] = again;
        }
    }

    private NpgsqlBatch Build(NpgsqlConnection connection)
    {
        var batch = new NpgsqlBatch(connection);
        foreach (var command in _commands)
        {
            batch.BatchCommands.Add(command);
        }

        return batch;
    }
}

/// <summary>Short ways to make typed positional parameters.</summary>
public static class Sql
{
    /// <summary>A value of a type that Npgsql maps by itself (Guid, int, long, bool, double, string, arrays of them).</summary>
    public static NpgsqlParameter Value<T>(T value) => new NpgsqlParameter<T> { TypedValue = value };

    /// <summary>A text or NULL.</summary>
    public static NpgsqlParameter Text(string? value) => new() { Value = (object?)value ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text };

    /// <summary>A JSON document as text, or NULL.</summary>
    public static NpgsqlParameter Json(string? value) => new() { Value = (object?)value ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Jsonb };

    /// <summary>A whole number or NULL.</summary>
    public static NpgsqlParameter Int(int? value) => new() { Value = (object?)value ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Integer };

    /// <summary>A number or NULL.</summary>
    public static NpgsqlParameter Double(double? value) => new() { Value = (object?)value ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Double };

    /// <summary>A uuid or NULL.</summary>
    public static NpgsqlParameter Uuid(Guid? value) => new() { Value = (object?)value ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Uuid };

    /// <summary>Several uuids, or NULL.</summary>
    public static NpgsqlParameter Uuids(IReadOnlyList<Guid>? values) =>
        new() { Value = (object?)values?.ToArray() ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Uuid };

    /// <summary>A point in time.</summary>
    public static NpgsqlParameter Time(DateTimeOffset value) =>
        new NpgsqlParameter<DateTime> { TypedValue = value.UtcDateTime, NpgsqlDbType = NpgsqlDbType.TimestampTz };

    /// <summary>A point in time or NULL.</summary>
    public static NpgsqlParameter TimeOrNull(DateTimeOffset? value) =>
        new() { Value = (object?)value?.UtcDateTime ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.TimestampTz };
}
