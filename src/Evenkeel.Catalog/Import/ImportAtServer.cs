using Evenkeel.Contracts.Catalogue;
using Evenkeel.Platform.Data;
using Evenkeel.Platform.Errors;

namespace Evenkeel.Catalog.Import;

internal sealed class ImportAtServer(ImportEvents import, Database database) : ICatalogueImport
{
    private const string English = "en";

    public async Task<Result<ImportReport>> ImportAsync(CatalogueFile file, CancellationToken cancellationToken)
    {
        var query = new ImportQuery { Format = file.Format, DryRun = file.DryRun, TimeZone = file.TimeZone, Mapping = file.Mapping, Category = file.Category };
        return query.Read().TryGet(out var settings, out var error)
            ? await import.RunAsync(new ImportOrigin(file.OrganizationId, null), new ImportFile(file.Name, file.Content), settings, English, cancellationToken)
            : error;
    }

    public async Task<bool> IsUntouchedAsync(Guid organizationId, CancellationToken cancellationToken) => (await database.QueryAsync<bool>(
        DataScope.Organization(organizationId),
        """
        SELECT NOT EXISTS (SELECT FROM catalogue_imports WHERE organization_id = @organizationId)
            AND NOT EXISTS (SELECT FROM catalogue_events WHERE organization_id = @organizationId)
        """,
        new { organizationId },
        cancellationToken))[0];
}
