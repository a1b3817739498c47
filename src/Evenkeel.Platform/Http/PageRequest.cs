using Evenkeel.Platform.Errors;
using Microsoft.AspNetCore.Mvc;

namespace Evenkeel.Platform.Http;

/// <summary>The <c>cursor</c> and <c>limit</c> of a list (bind with <c>[AsParameters]</c>).</summary>
public readonly record struct PageRequest
{
    private const int DefaultLimit = 50;
    private const int MostItems = 100;

    /// <summary><c>next_cursor</c> of the page before; absent = the beginning.</summary>
    [FromQuery(Name = "cursor")]
    public string? Cursor { get; init; }

    /// <summary>1 to 100 items; absent = 50.</summary>
    [FromQuery(Name = "limit")]
    public int? Limit { get; init; }

    /// <summary>Checks both, for a list ordered by id.</summary>
    public Result<PageStart> Read()
    {
        var after = Guid.Empty;
        return Cursor is not null && !Guid.TryParse(Cursor, out after) ? NotACursor
            : Limit is < 1 or > MostItems ? NotALimit
            : new PageStart(after, Limit ?? DefaultLimit);
    }

    /// <summary>Checks both, for a list ordered by place.</summary>
    public Result<OrdinalPageStart> ReadOrdinal()
    {
        var after = -1;
        return Cursor is not null && !int.TryParse(Cursor, out after) ? NotACursor
            : Limit is < 1 or > MostItems ? NotALimit
            : new OrdinalPageStart(after, Limit ?? DefaultLimit);
    }

    private static Error NotACursor { get; } = Error.Invalid(new FieldProblem("cursor", "This is not a cursor of this list.", "游标无效。"));

    private static Error NotALimit { get; } =
        Error.Invalid(new FieldProblem("limit", $"Between 1 and {MostItems}.", $"应在 1 到 {MostItems} 之间。"));
}

/// <summary>Where a page starts.</summary>
/// <param name="After">Only rows with a greater id.</param>
/// <param name="Limit">Most rows; read one more to learn whether another page follows.</param>
public readonly record struct PageStart(Guid After, int Limit);

/// <summary>Where a page of an ordered whole starts.</summary>
/// <param name="After">Only rows of a greater place; -1 = from the beginning.</param>
/// <param name="Limit">Most rows; read one more to learn whether another page follows.</param>
public readonly record struct OrdinalPageStart(int After, int Limit);
