using Evenkeel.Contracts.Catalogue;
using Evenkeel.Platform.Errors;

namespace Evenkeel.Catalog.Import;

/// <summary>A file of events that somebody at the server imports.</summary>
public sealed record CatalogueFile
{
    /// <summary>Whose catalogue is to agree with it.</summary>
    public required Guid OrganizationId { get; init; }

    /// <summary>Its name without folders; of conferences without <see cref="Category"/> it is their category.</summary>
    public required string Name { get; init; }

    /// <summary>All of it; must know its length and be able to go back to its beginning.</summary>
    public required Stream Content { get; init; }

    /// <summary><c>json</c>, <c>conferences</c>, <c>csv</c> or <c>icalendar</c>; null = told by the file.</summary>
    public string? Format { get; init; }

    /// <summary>Of events that have none, nor has their place; null = UTC.</summary>
    public string? TimeZone { get; init; }

    /// <summary>JSON: fields to names of columns, only of <c>csv</c>; null = guessed.</summary>
    public string? Mapping { get; init; }

    /// <summary>Of all events, only of <c>conferences</c>.</summary>
    public string? Category { get; init; }

    /// <summary>Say what would change, and change nothing.</summary>
    public bool DryRun { get; init; }
}

/// <summary>Imports without a request: what <c>POST /api/v1/events/import</c> does, for the command line and the demo account.</summary>
public interface ICatalogueImport
{
    /// <summary>Makes a catalogue agree with a file. Texts of the report are English.</summary>
    /// <returns>What was done, or why the file or what was said of it is refused as a whole; nothing is written then.</returns>
    Task<Result<ImportReport>> ImportAsync(CatalogueFile file, CancellationToken cancellationToken);

    /// <summary>Whether the catalogue has no event and nothing was ever imported into it.</summary>
    Task<bool> IsUntouchedAsync(Guid organizationId, CancellationToken cancellationToken);
}
