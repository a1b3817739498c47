namespace Evenkeel.Contracts.Catalogue;

/// <summary>What an import did, or would do.</summary>
public sealed record ImportReport
{
    /// <summary>Absent of a dry run.</summary>
    public Guid? ImportId { get; init; }

    /// <summary>Nothing was changed.</summary>
    public required bool DryRun { get; init; }

    /// <summary><c>json</c>, <c>conferences</c>, <c>csv</c> or <c>icalendar</c>.</summary>
    public required string Format { get; init; }

    /// <summary>Rows read: objects, lines or <c>VEVENT</c>s.</summary>
    public required int Rows { get; init; }

    /// <summary>Events; one row that repeats is several.</summary>
    public required int Created { get; init; }
    public required int Updated { get; init; }
    public required int Unchanged { get; init; }

    /// <summary>Events that a calendar cancels, or does not repeat on any more.</summary>
    public required int Removed { get; init; }

    /// <summary>Rows that did not go in; the others did.</summary>
    public required int Failed { get; init; }

    /// <summary>Locations that were not known before.</summary>
    public required int CreatedLocations { get; init; }

    /// <summary>The first thousand problems, in the order of the file.</summary>
    public required IReadOnlyList<ImportProblem> Problems { get; init; }

    /// <summary>The first two hundred changes.</summary>
    public required IReadOnlyList<ImportChange> Changes { get; init; }
}

/// <summary>Why a row did not go in, or what was changed in it to make it fit.</summary>
/// <param name="Line">Line of the file where the row begins, from 1.</param>
/// <param name="Field">What it is about; absent where it is the row as a whole.</param>
/// <param name="Code">Stable, such as <c>date_invalid</c>.</param>
/// <param name="Message">In the reader's language.</param>
/// <param name="IsWarning">The row went in all the same.</param>
public sealed record ImportProblem(int Line, string? Field, string Code, string Message, bool IsWarning);

/// <summary>What became of a row.</summary>
/// <param name="Line">Line of the file where the row begins, from 1; 0 of an event that is removed because the file does not have it any more.</param>
/// <param name="Action"><c>create</c>, <c>update</c> or <c>remove</c>.</param>
/// <param name="Key">The event's key.</param>
/// <param name="Title">Its title.</param>
/// <param name="Fields">Of an update: what differs.</param>
public sealed record ImportChange(int Line, string Action, string Key, string Title, IReadOnlyList<string> Fields);

/// <summary>An import that was made: <c>GET /api/v1/events/imports</c>.</summary>
public sealed record CatalogueImport
{
    public required Guid Id { get; init; }

    /// <summary>"" where the file had no name.</summary>
    public required string FileName { get; init; }

    /// <summary>Who made it; absent of what was imported at the server, not through its interface.</summary>
    public Guid? UserId { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>What it did.</summary>
    public required ImportReport Report { get; init; }
}
