using System.Text.Json;
using Dapper;
using Evenkeel.Catalog.Import.Calendars;
using Evenkeel.Contracts;
using Evenkeel.Platform.Data;
using Evenkeel.Platform.Identifiers;
using NodaTime;

namespace Evenkeel.Catalog.Import.Writing;

/// <summary>What is left to write of an import.</summary>
/// <param name="Before">What became of the batches before.</param>
/// <param name="Drafts">The last events.</param>
/// <param name="CreatedLocations">Places that were not known before.</param>
internal sealed record LastBatch(IReadOnlyList<EventPlan> Before, IReadOnlyList<EventDraft> Drafts, int CreatedLocations);

/// <summary>
/// Writes the last events, removes what is gone and keeps the report in one transaction: most files are one batch, and what is recorded as imported is there as a
/// whole.
/// </summary>
internal sealed class FinishImport(WriteBatch write, Database database, IdSource ids, TimeProvider time)
{
    public Task<(Guid? ImportId, StoredReport Report)> RunAsync(PreparedImport import, LastBatch last, CancellationToken cancellationToken) =>
        WriteBatch.AgainAfterDeadlocksAsync(() => TryAsync(import, last, cancellationToken));

    private async Task<(Guid? ImportId, StoredReport Report)> TryAsync(PreparedImport import, LastBatch last, CancellationToken cancellationToken)
    {
        var (origin, content, isDry) = (import.Origin, import.Content, import.Settings.DryRun);
        await using var transaction = await database.BeginAsync(DataScope.Organization(origin.OrganizationId), cancellationToken);
        var plans = await write.InTransactionAsync(transaction, origin.OrganizationId, last.Drafts, isDry, cancellationToken);
        var window = CalendarWindow.Around(Instant.FromDateTimeOffset(time.GetUtcNow()));
        var removed = await RemoveEvents.InTransactionAsync(transaction, origin.OrganizationId, content.Rows, window, isDry, cancellationToken);
        var tally = new ImportTally();
        tally.Add(last.Before);
        tally.Add(plans);
        tally.Add(removed);
        var report = tally.Report(content, last.CreatedLocations);
        if (isDry)
        {
            return (null, report);
        }

        var importId = ids.Next();
        await transaction.Connection.ExecuteAsync(new CommandDefinition(
            """
            INSERT INTO catalogue_imports (id, organization_id, user_id, file_name, format, report, created_at)
            VALUES (@importId, @OrganizationId, @UserId, @FileName, @Format, @report::jsonb, @now)
            """,
            new
            {
                importId, origin.OrganizationId, origin.UserId, import.FileName, content.Format, report = JsonSerializer.Serialize(report, Wire.Json), now = time.GetUtcNow(),
            },
            transaction.Transaction,
            cancellationToken: cancellationToken));
        await transaction.CommitAsync(cancellationToken);
        return (importId, report);
    }
}
