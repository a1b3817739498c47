using Evenkeel.Platform.Data;
using Evenkeel.Platform.Privacy;
using Microsoft.Extensions.Logging;
using Npgsql;
using NpgsqlTypes;

namespace Evenkeel.Timeline.Recording;

/// <summary>
/// Writes a batch in one transaction: numbers first, under the sessions' row locks, then the rows by binary COPY straight into the leaf of their day. What
/// cannot be copied, because the day has no leaf or the server refuses COPY, is inserted.
/// </summary>
internal sealed partial class CopyEntries(Database database, AppendEntries append, KnownLeaves leaves, ILogger<CopyEntries> logger)
{
    private const string NoSuchTable = PostgresErrorCodes.UndefinedTable;

    // Rows are locked ascending, as everywhere. A lock that is not to be had within a second is somebody's who changes tables: the rows of these sessions are
    // given free again, because turns wait for them.
    private const string Number =
        """
        INSERT INTO timeline_sessions AS s (session_id, organization_id, last_seq, first_at, last_at)
        SELECT * FROM unnest($1, $2, $3, $4, $5) AS given (session_id, organization_id, entries, first_at, last_at) ORDER BY session_id
        ON CONFLICT (session_id) DO UPDATE SET last_seq = s.last_seq + excluded.last_seq,
            first_at = least(s.first_at, excluded.first_at), last_at = greatest(s.last_at, excluded.last_at)
        RETURNING session_id, last_seq
        """;

    private bool _isRefused;

    /// <summary>Writes all of it or nothing.</summary>
    /// <param name="batch">What to write.</param>
    /// <param name="whileSending">
    /// Called when the rows are on their way and the server has the most to do, again when they are sent once more. Not earlier: the short answers before would be
    /// waited for behind whatever it does.
    /// </param>
    /// <param name="cancellationToken">Leaves open whether it was written.</param>
    public async Task WriteAsync(EntryBatch batch, Action whileSending, CancellationToken cancellationToken)
    {
        if (_isRefused || !batch.Rows.Keys.All(leaves.Contains))
        {
            await InsertAsync(batch, whileSending, cancellationToken);
            return;
        }

        try
        {
            await CopyAsync(batch, whileSending, cancellationToken);
        }
        catch (PostgresException exception) when (exception.SqlState is NoSuchTable or PostgresErrorCodes.CheckViolation)
        {
            // The day was dropped, or belongs to the default partition: then that is where inserting takes its rows.
            leaves.Set(await ReadLeaves.RunAsync(database, cancellationToken));
            await InsertAsync(batch, whileSending, cancellationToken);
        }
        catch (PostgresException exception) when (exception.SqlState is PostgresErrorCodes.FeatureNotSupported or PostgresErrorCodes.InsufficientPrivilege)
        {
            await InsertAsync(batch, whileSending, cancellationToken);
            _isRefused = true;
            Log.CopyRefused(logger, Redaction.Reason(exception));
        }
    }

    private async Task InsertAsync(EntryBatch batch, Action whileSending, CancellationToken cancellationToken)
    {
        await using var statements = database.CreateBatch(DataScope.System);
        append.AddTo(statements, batch.Entries);
        var sending = statements.ExecuteAsync(cancellationToken);
        whileSending();
        await sending;
    }

    private async Task CopyAsync(EntryBatch batch, Action whileSending, CancellationToken cancellationToken)
    {
        await using var transaction = await database.BeginAsync(DataScope.System, cancellationToken);
        var before = await NumberAsync(batch, transaction, cancellationToken);
        foreach (var (leaf, rows) in batch.Rows)
        {
            await using var copy = await transaction.Connection.BeginRawBinaryCopyAsync(
                $"COPY {leaf.Table} ({CopyRows.Columns}) FROM STDIN (FORMAT BINARY)", cancellationToken);
            var sending = copy.WriteAsync(rows.Finish(before), cancellationToken);
            whileSending();
            await sending;
        }

        await transaction.CommitAsync(cancellationToken);
    }

    /// <returns>The number before the first of this batch, by session.</returns>
    private static async Task<Dictionary<Guid, long>> NumberAsync(EntryBatch batch, ScopedTransaction transaction, CancellationToken cancellationToken)
    {
        var sessions = batch.Sessions.ToArray();
        await using var statements = new NpgsqlBatch(transaction.Connection, transaction.Transaction)
        {
            BatchCommands =
            {
                // Not waited for on the disk: before a power cut these rows would have been in this process's memory for longer than they are at risk now. What a
                // turn's own commit writes is waited for, and takes along whatever was written before it.
                new NpgsqlBatchCommand("SET LOCAL lock_timeout = '1s'"),
                new NpgsqlBatchCommand("SET LOCAL synchronous_commit = off"),
                new NpgsqlBatchCommand(Number)
                {
                    Parameters =
                    {
                        Column(sessions, one => one.Key, NpgsqlDbType.Uuid),
                        Column(sessions, one => one.Value.OrganizationId, NpgsqlDbType.Uuid),
                        Column(sessions, one => (long)one.Value.Entries, NpgsqlDbType.Bigint),
                        Column(sessions, one => one.Value.First.UtcDateTime, NpgsqlDbType.TimestampTz),
                        Column(sessions, one => one.Value.Last.UtcDateTime, NpgsqlDbType.TimestampTz),
                    },
                },
            },
        };
        var before = new Dictionary<Guid, long>(sessions.Length);
        await using var reader = await statements.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            var session = reader.GetGuid(0);
            before.Add(session, reader.GetInt64(1) - batch.Sessions[session].Entries);
        }

        return before;
    }

    private static NpgsqlParameter<T[]> Column<T>(
        KeyValuePair<Guid, EntryBatch.SessionPart>[] sessions, Func<KeyValuePair<Guid, EntryBatch.SessionPart>, T> value, NpgsqlDbType type) =>
        new() { TypedValue = Array.ConvertAll(sessions, one => value(one)), NpgsqlDbType = NpgsqlDbType.Array | type };

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "PostgreSQL refuses COPY into the timeline's partitions ({Reason}); events are inserted instead, which is slower")]
        public static partial void CopyRefused(ILogger logger, SafeText reason);
    }
}
