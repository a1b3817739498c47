using Evenkeel.Accounts;
using Evenkeel.Catalog.Import.Writing;
using Evenkeel.Contracts.Catalogue;
using Evenkeel.Platform.Errors;
using Evenkeel.Platform.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Evenkeel.Catalog.Import;

/// <summary>Whose catalogue is to agree with a file, and who wants it; null = nobody who is signed in.</summary>
internal sealed record ImportOrigin(Guid OrganizationId, Guid? UserId);

/// <summary>An import whose file was read.</summary>
internal sealed record PreparedImport(ImportOrigin Origin, string FileName, FileContent Content, ImportSettings Settings);

/// <summary>
/// <c>POST /api/v1/events/import</c>: makes the catalogue agree with a file, or says what would change. A file that cannot be read is refused before anything
/// is written; a row that cannot be read is named and loses nothing else.
/// </summary>
internal sealed partial class ImportEvents(
    ReadFile read, LocatePlaces locate, WriteBatch write, FinishImport finish, TimeProvider time, IOptions<CatalogueImportOptions> options,
    ILogger<ImportEvents> logger) : IDisposable
{
    // A large file takes some hundred megabytes while it is read: one at a time, the others wait on disk.
    private readonly SemaphoreSlim _turn = new(1, 1);

    public static async Task<Results<Ok<ImportReport>, ErrorResult>> HandleAsync(
        [AsParameters] ImportQuery query, HttpRequest request, Caller caller, ImportEvents import, CancellationToken cancellationToken)
    {
        if (!query.Read().TryGet(out var settings, out var error))
        {
            return (ErrorResult)error;
        }

        if (!(await ImportBody.ReadAsync(request, import.Options, cancellationToken)).TryGet(out var file, out error))
        {
            return (ErrorResult)error;
        }

        await using (file)
        {
            return (await import.RunAsync(
                new ImportOrigin(caller.OrganizationId, caller.UserId), file, settings, RequestLanguage.Of(request.HttpContext), cancellationToken)).TryGet(out var report, out error)
                ? TypedResults.Ok(report)
                : (ErrorResult)error;
        }
    }

    private CatalogueImportOptions Options => options.Value;

    /// <param name="origin">Whose catalogue, and who imports.</param>
    /// <param name="file">The file.</param>
    /// <param name="settings">How it is to be read.</param>
    /// <param name="language">Of the report's texts.</param>
    /// <param name="cancellationToken">Whoever asked left.</param>
    public async Task<Result<ImportReport>> RunAsync(
        ImportOrigin origin, ImportFile file, ImportSettings settings, string language, CancellationToken cancellationToken)
    {
        if (file.Content.Length > Options.MostBytes)
        {
            return Refusals.TooLarge(Options.MostMegabytes);
        }

        await _turn.WaitAsync(cancellationToken);
        try
        {
            var began = time.GetTimestamp();
            var bytes = new byte[file.Content.Length];
            file.Content.Position = 0;
            await file.Content.ReadExactlyAsync(bytes, cancellationToken);
            if (!read.Run(file.Name, bytes, settings, cancellationToken).TryGet(out var content, out var error))
            {
                return error;
            }

            var (importId, report) = await ApplyAsync(new PreparedImport(origin, file.Name, content, settings), cancellationToken);
            Log.Imported(
                logger, importId, report.Rows, report.Created, report.Updated, report.Unchanged, report.Removed, report.Failed,
                (long)time.GetElapsedTime(began).TotalMilliseconds);
            return report.ToWire(importId, language);
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task<(Guid? ImportId, StoredReport Report)> ApplyAsync(PreparedImport import, CancellationToken cancellationToken)
    {
        var (organizationId, content, isDry) = (import.Origin.OrganizationId, import.Content, import.Settings.DryRun);
        var places = await locate.RunAsync(organizationId, content.Checked, isDry, cancellationToken);
        var batches = MakeDrafts.Of(content.Checked, places, import.Settings.TimeZone, content.Rows).Chunk(Options.BatchRows).ToList();
        var plans = new List<EventPlan>();
        foreach (var batch in batches.SkipLast(1))
        {
            plans.AddRange(await write.RunAsync(organizationId, batch, isDry, cancellationToken));
        }

        return await finish.RunAsync(import, new LastBatch(plans, batches.LastOrDefault() ?? [], places.Created), cancellationToken);
    }

    /// <inheritdoc/>
    public void Dispose() => _turn.Dispose();

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, EventName = "catalogue_imported",
            Message = "Import {ImportId}: {Rows} rows, {Created} created, {Updated} updated, {Unchanged} unchanged, {Removed} removed, {Failed} failed in {ElapsedMs} ms")]
        public static partial void Imported(
            ILogger logger, Guid? importId, int rows, int created, int updated, int unchanged, int removed, int failed, long elapsedMs);
    }
}
