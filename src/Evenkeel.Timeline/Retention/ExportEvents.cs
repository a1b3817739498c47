using Evenkeel.Platform.Data;

namespace Evenkeel.Timeline.Retention;

/// <summary>Reads events to be taken elsewhere.</summary>
public interface IExportEvents
{
    /// <summary>Those of one organization, or of all; by number where one session is asked for.</summary>
    IAsyncEnumerable<StoredEvent> ReadAsync(Guid? organizationId, ExportFilter filter, CancellationToken cancellationToken);
}

/// <inheritdoc/>
internal sealed class ExportEvents(ReadStored read) : IExportEvents
{
    /// <inheritdoc/>
    public IAsyncEnumerable<StoredEvent> ReadAsync(Guid? organizationId, ExportFilter filter, CancellationToken cancellationToken) =>
        read.MatchingAsync(organizationId is { } id ? DataScope.Organization(id) : DataScope.System, filter, cancellationToken);
}
