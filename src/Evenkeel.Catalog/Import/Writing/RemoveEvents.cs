using Dapper;
using Evenkeel.Catalog.Import.Calendars;
using Evenkeel.Catalog.Import.Rows;
using Evenkeel.Platform.Data;

namespace Evenkeel.Catalog.Import.Writing;

/// <summary>An event that goes.</summary>
internal sealed record RemovedEvent(string Key, string Title);

/// <summary>Removes what a calendar cancels, and occurrences within its window that an event of it does not have any more.</summary>
internal static class RemoveEvents
{
    // Ids stand before the separator of a key, so that both sides are hashed once, however many there are of each.
    private const string Gone = $"""
        FROM catalogue_events AS event LEFT JOIN unnest(@ids, @cancellations) AS series (id, is_cancelled) ON series.id = split_part(event.key, '{CalendarItem.Separator}', 1)
        WHERE event.organization_id = @organizationId AND NOT EXISTS (SELECT FROM unnest(@kept) AS there (key) WHERE there.key = event.key)
            AND (event.key = ANY (@cancelled) OR (series.id IS NOT NULL AND (series.is_cancelled OR event.starts_at >= @begins)))
        """;

    public static async Task<IReadOnlyList<RemovedEvent>> InTransactionAsync(
        ScopedTransaction transaction, Guid organizationId, ReadRows rows, CalendarWindow window, bool dryRun, CancellationToken cancellationToken)
    {
        if (rows.Series.Count == 0 && rows.CancelledKeys.Count == 0)
        {
            return [];
        }

        // Both sides are as long as the file and the catalogue, which the planner does not know: comparing each with each would take minutes.
        await transaction.Connection.ExecuteAsync(new CommandDefinition(
            "SET LOCAL plan_cache_mode = force_custom_plan; SET LOCAL enable_nestloop = off", transaction: transaction.Transaction, cancellationToken: cancellationToken));
        var series = rows.Series.GroupBy(one => one.Id, StringComparer.Ordinal).ToList();
        var found = await transaction.Connection.QueryAsync<RemovedEvent>(new CommandDefinition(
            dryRun ? $"SELECT event.key, event.title {Gone} ORDER BY event.key"
                : $"DELETE FROM catalogue_events WHERE id IN (SELECT event.id {Gone}) RETURNING key, title",
            new
            {
                organizationId,
                ids = series.Select(one => one.Key).ToArray(),
                cancellations = series.Select(one => one.All(part => part.IsCancelled)).ToArray(),
                // Rows that failed count as there: a mistake in the file removes nothing.
                kept = rows.Events.Select(row => row.Key).OfType<string>().ToArray(),
                cancelled = rows.CancelledKeys.ToArray(),
                begins = window.Begins.ToDateTimeUtc(),
            },
            transaction.Transaction,
            cancellationToken: cancellationToken));
        return found.AsList();
    }
}
