using Evenkeel.Platform.Data;
using Evenkeel.Timeline.Recording;

namespace Evenkeel.Timeline.Retention;

/// <summary>What is to be cleaned up.</summary>
public sealed record CleanUpRequest
{
    /// <summary>Events before it.</summary>
    public required DateTimeOffset Cutoff { get; init; }

    /// <summary>Which of them.</summary>
    public EventSelection Selection { get; init; } = EventSelection.All;

    /// <summary>Count only.</summary>
    public bool DryRun { get; init; }

    /// <summary>Takes what is deleted.</summary>
    public EventArchive? Archive { get; init; }
}

/// <summary>A part that is done.</summary>
/// <param name="Retention">Its class.</param>
/// <param name="Day">Its day; null where rows of no day's table were.</param>
/// <param name="Rows">Rows deleted, or to be deleted.</param>
/// <param name="IsWhole">The day is dropped as a whole.</param>
/// <param name="Done">Parts done so far, this one included.</param>
/// <param name="Parts">All parts.</param>
public sealed record CleanUpStep(string Retention, DateOnly? Day, long Rows, bool IsWhole, int Done, int Parts);

/// <summary>
/// Deletes events before a time: whole days by dropping their tables, the rest in batches; rows of pinned and held sessions stay. A dry run goes the same
/// way and counts the same rows.
/// </summary>
public interface ICleanUpEvents
{
    /// <summary>Goes through all parts, oldest first within each class.</summary>
    /// <exception cref="CleanUpException">A day could not be dropped; what was reported before is done.</exception>
    IAsyncEnumerable<CleanUpStep> RunAsync(CleanUpRequest request, CancellationToken cancellationToken);
}

/// <summary>The clean-up ended early; the message says why and what to do.</summary>
public sealed class CleanUpException(string message, Exception? inner = null) : Exception(message, inner);

/// <inheritdoc/>
internal sealed class CleanUpEvents(Database database, DeleteEvents delete, DropDays drop, KeepPinned kept, ReadStored read) : ICleanUpEvents
{
    /// <inheritdoc/>
    public async IAsyncEnumerable<CleanUpStep> RunAsync(
        CleanUpRequest request, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var leaves = await ReadLeaves.RunAsync(database, cancellationToken);
        EventSlice[] slices = [.. EventLeaf.Classes.SelectMany(retention => EventSlice.Before(request.Cutoff, retention, leaves))];
        for (var index = 0; index < slices.Length; index++)
        {
            var slice = slices[index];
            var isWhole = slice.Leaf is not null && request.Selection.IsEverything;
            var rows = request.DryRun ? await delete.CountAsync(slice, request.Selection, cancellationToken)
                : isWhole ? await DropAsync(slice, request.Archive, cancellationToken)
                : await DeleteAsync(slice, request, cancellationToken);
            yield return new CleanUpStep(
                slice.Retention, slice.Leaf?.Day ?? (slice.From is { } from ? DateOnly.FromDateTime(from.UtcDateTime) : null), rows, isWhole, index + 1, slices.Length);
        }
    }

    private async Task<long> DeleteAsync(EventSlice slice, CleanUpRequest request, CancellationToken cancellationToken)
    {
        long rows = 0;
        await foreach (var deleted in delete.RunAsync(slice, request.Selection, request.Archive, cancellationToken))
        {
            rows += deleted;
        }

        return rows;
    }

    private async Task<long> DropAsync(EventSlice slice, EventArchive? archive, CancellationToken cancellationToken)
    {
        await kept.MoveAsync(slice, cancellationToken);
        var rows = await delete.CountAsync(slice, EventSelection.All, cancellationToken);
        if (archive is not null)
        {
            var before = archive.Count;
            await foreach (var stored in read.SliceAsync(slice, cancellationToken))
            {
                await archive.AddAsync(stored, cancellationToken);
            }

            await archive.FlushAsync(cancellationToken);
            rows = archive.Count - before;
        }

        try
        {
            // Just what was counted, or archived, goes.
            return await drop.RunAsync(slice, rows, cancellationToken)
                ? rows
                : throw new CleanUpException($"{slice.Leaf!.Value.Table} is in use, by readers or by another clean-up. Try again in a moment.");
        }
        catch (Npgsql.PostgresException exception) when (exception.SqlState == "EK011")
        {
            throw new CleanUpException($"{slice.Leaf!.Value.Table} got rows meanwhile; nothing of it was deleted. Try again.", exception);
        }
    }
}
