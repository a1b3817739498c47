using Dapper;
using Evenkeel.Platform.Data;
using Microsoft.Extensions.Options;

namespace Evenkeel.Timeline.Retention;

/// <summary>Counts and deletes rows of a slice that nothing keeps, in batches.</summary>
internal sealed class DeleteEvents(Database database, IOptions<TimelineOptions> options)
{
    private static readonly TimeSpan FirstSpan = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan LeastSpan = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan MostSpan = TimeSpan.FromDays(365);

    /// <summary>How many there are.</summary>
    public Task<long> CountAsync(EventSlice slice, EventSelection selection, CancellationToken cancellationToken)
    {
        var parameters = new DynamicParameters();
        var condition = selection.Condition(slice, parameters);
        return database.QueryFirstOrDefaultAsync<long>(
            DataScope.System, $"SELECT count(*) FROM chat_events c WHERE {condition} AND {KeepPinned.NotPinned}", parameters, cancellationToken);
    }

    /// <summary>Deletes them, a span of time after the other, each as long as holds about the right number of rows.</summary>
    /// <param name="slice">Which time.</param>
    /// <param name="selection">Which of its rows.</param>
    /// <param name="archive">Takes the rows before they are gone; null = nobody does.</param>
    /// <param name="cancellationToken">Gives up between batches.</param>
    /// <returns>Rows deleted, after each batch.</returns>
    public async IAsyncEnumerable<int> RunAsync(
        EventSlice slice, EventSelection selection, EventArchive? archive,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var span = FirstSpan;
        var from = slice.From;
        while (from is null || from < slice.To)
        {
            var to = from is { } begin ? Earlier(begin + span, slice.To) : await OldestBatchEndsAsync(slice, selection, cancellationToken);
            if (to is null)
            {
                yield break;
            }

            var deleted = await DeleteAsync(slice with { From = from, To = to.Value }, selection, archive, cancellationToken);
            yield return deleted;
            if (from is not null)
            {
                from = to;
                span = Next(span, deleted);
            }
        }
    }

    private static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;

    private TimeSpan Next(TimeSpan span, int deleted)
    {
        var most = options.Value.RowsPerDelete;
        var next = deleted > most ? span / 4 : deleted < most / 4 ? span * 4 : span;
        return next < LeastSpan ? LeastSpan : next > MostSpan ? MostSpan : next;
    }

    /// <summary>Where a slice has no beginning: the time just after its oldest rows; null when there are none.</summary>
    private async Task<DateTimeOffset?> OldestBatchEndsAsync(EventSlice slice, EventSelection selection, CancellationToken cancellationToken)
    {
        var parameters = new DynamicParameters();
        var condition = selection.Condition(slice, parameters);
        var last = await database.QueryFirstOrDefaultAsync<DateTime?>(
            DataScope.System,
            $"""
            SELECT max(occurred_at) FROM (
                SELECT c.occurred_at FROM chat_events c WHERE {condition} AND {KeepPinned.NotPinned} ORDER BY c.occurred_at LIMIT {options.Value.RowsPerDelete}) oldest
            """,
            parameters,
            cancellationToken);
        return last is { } found ? new DateTimeOffset(DateTime.SpecifyKind(found, DateTimeKind.Utc)).AddMicroseconds(1) : null;
    }

    private async Task<int> DeleteAsync(EventSlice slice, EventSelection selection, EventArchive? archive, CancellationToken cancellationToken)
    {
        var parameters = new DynamicParameters();
        var sql = $"DELETE FROM chat_events c WHERE {selection.Condition(slice, parameters)} AND {KeepPinned.NotPinned}";
        if (archive is null)
        {
            return await database.ExecuteAsync(DataScope.System, sql, parameters, cancellationToken);
        }

        await using var transaction = await database.BeginAsync(DataScope.System, cancellationToken);
        var deleted = 0;
        await using (var reader = await transaction.Connection.ExecuteReaderAsync(
            new CommandDefinition($"{sql} RETURNING {StoredEvent.Columns}", parameters, transaction.Transaction, cancellationToken: cancellationToken)))
        {
            while (await reader.ReadAsync(cancellationToken))
            {
                await archive.AddAsync(StoredEvent.Read(reader), cancellationToken);
                deleted++;
            }
        }

        // On the disk before they are gone from the database.
        await archive.FlushAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return deleted;
    }
}
