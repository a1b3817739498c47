using Evenkeel.Platform.Errors;

namespace Evenkeel.Platform.Http;

/// <summary>The <c>cursor</c> and <c>limit</c> of a list ordered by id (bind with <c>[AsParameters]</c>).</summary>
public readonly record struct PageRequest
{
    private const int DefaultLimit = 50;
    private const int MostItems = 100;

    /// <summary><c>next_cursor</c> of the page before; absent = the beginning.</summary>
    public string? Cursor { get; init; }

    /// <summary>1 to 100 items; absent = 50.</summary>
    public int? Limit { get; init; }

    /// <summary>Checks both.</summary>
    public Result<PageStart> Read()
    {
        var after = Guid.Empty;
        if (Cursor is not null && !Guid.TryParse(Cursor, out after))
        {
            return Error.Invalid(new FieldProblem("cursor", "This is not a cursor of this list.", "游标无效。"));
        }

        return Limit is < 1 or > MostItems
            ? Error.Invalid(new FieldProblem("limit", $"Between 1 and {MostItems}.", $"应在 1 到 {MostItems} 之间。"))
            : new PageStart(after, Limit ?? DefaultLimit);
    }
}

/// <summary>Where a page starts.</summary>
/// <param name="After">Only rows with a greater id.</param>
/// <param name="Limit">Most rows; read one more to learn whether another page follows.</param>
public readonly record struct PageStart(Guid After, int Limit);
