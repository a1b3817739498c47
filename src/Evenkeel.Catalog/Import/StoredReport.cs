using Evenkeel.Catalog.Import.Rows;
using Evenkeel.Contracts.Catalogue;

namespace Evenkeel.Catalog.Import;

/// <summary>A report as it is stored: its problems have no language yet.</summary>
internal sealed record StoredReport
{
    /// <summary>Problems told.</summary>
    public const int MostProblems = 1_000;

    /// <summary>Changes told.</summary>
    public const int MostChanges = 200;

    public required string Format { get; init; }
    public required int Rows { get; init; }
    public required int Created { get; init; }
    public required int Updated { get; init; }
    public required int Unchanged { get; init; }
    public required int Removed { get; init; }
    public required int Failed { get; init; }
    public required int CreatedLocations { get; init; }
    public required IReadOnlyList<RowProblem> Problems { get; init; }
    public required IReadOnlyList<ImportChange> Changes { get; init; }

    /// <param name="importId">Null of a dry run.</param>
    /// <param name="language">Of the reader.</param>
    public ImportReport ToWire(Guid? importId, string language) => new()
    {
        ImportId = importId, DryRun = importId is null, Format = Format, Rows = Rows, Created = Created, Updated = Updated, Unchanged = Unchanged, Removed = Removed,
        Failed = Failed, CreatedLocations = CreatedLocations, Problems = [.. Problems.Select(problem => problem.ToWire(language))], Changes = Changes,
    };
}
