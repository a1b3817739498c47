using Evenkeel.Platform.Data;
using Evenkeel.Timeline.Recording;
using Npgsql;

namespace Evenkeel.Timeline.Retention;

/// <summary>Forgets whole days: taken out of the tree in a moment, dropped after that.</summary>
internal sealed class DropDays(Database database, KeepPinned kept, KnownLeaves leaves)
{
    /// <summary>One process at a time; the lock goes with the transaction.</summary>
    public const string Turn = "pg_try_advisory_xact_lock(hashtext('retain_chat_events'))";

    private const string PinnedAgain = "EK010";
    private const int Tries = 20;

    /// <summary>Drops the day of a slice after its kept rows have left it.</summary>
    /// <param name="slice">With its leaf.</param>
    /// <param name="expectedRows">How many rows it must hold then; null = never mind.</param>
    /// <param name="cancellationToken">Gives up between the steps.</param>
    /// <returns>False when somebody else is at it, or readers and writers did not make room: try later.</returns>
    /// <exception cref="PostgresException">EK011: it holds another number of rows.</exception>
    public async Task<bool> RunAsync(EventSlice slice, long? expectedRows, CancellationToken cancellationToken)
    {
        if (!await TakeOutAsync(slice, expectedRows, cancellationToken))
        {
            return false;
        }

        await DropDetachedAsync(cancellationToken);
        return true;
    }

    /// <summary>The first part of it: nobody sees the day any more, and its space is not free yet.</summary>
    public async Task<bool> TakeOutAsync(EventSlice slice, long? expectedRows, CancellationToken cancellationToken)
    {
        var leaf = slice.Leaf!.Value;
        for (var tries = 0; tries < Tries; tries++)
        {
            await kept.MoveAsync(slice, cancellationToken);
            try
            {
                // No parameter where null has no type.
                var expected = expectedRows?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "NULL";
                var isDetached = await database.QueryFirstOrDefaultAsync<bool?>(
                    DataScope.System,
                    $"SELECT CASE WHEN {Turn} THEN detach_chat_events(@Retention, @day::date, {expected}::bigint) END",
                    new { leaf.Retention, day = leaf.Day.ToString("O") },
                    cancellationToken);
                if (isDetached is null)
                {
                    return false;
                }
            }
            catch (PostgresException exception) when (exception.SqlState is PostgresErrorCodes.LockNotAvailable or PinnedAgain)
            {
                continue;
            }

            leaves.Forget(leaf);
            return true;
        }

        return false;
    }

    /// <summary>Drops what was taken out, also by somebody who then died.</summary>
    public Task<int> DropDetachedAsync(CancellationToken cancellationToken) =>
        database.QueryFirstOrDefaultAsync<int>(DataScope.System, "SELECT drop_detached_chat_events()", null, cancellationToken);
}
