namespace Evenkeel.Platform.Errors;

/// <summary>The rules every text field from outside obeys. Each returns what is wrong, or null.</summary>
public static class TextRules
{
    /// <summary>Present, not only white space, at most <paramref name="most"/> characters, storable.</summary>
    public static FieldProblem? Required(string field, string? value, int most) =>
        string.IsNullOrWhiteSpace(value) ? FieldProblem.Required(field) : Optional(field, value, most);

    /// <summary>Absent, or at most <paramref name="most"/> characters (UTF-16 units) and storable.</summary>
    public static FieldProblem? Optional(string field, string? value, int most) =>
        value is null ? null : MaxLength(field, value, most) ?? NoNul(field, value);

    /// <summary>At most <paramref name="most"/> characters (UTF-16 units).</summary>
    public static FieldProblem? MaxLength(string field, string value, int most) =>
        value.Length > most ? FieldProblem.TooLong(field, most) : null;

    /// <summary>No NUL character: PostgreSQL cannot store it in any text, and JSON (<c>\u0000</c>) and URLs (<c>%00</c>) can carry it.</summary>
    public static FieldProblem? NoNul(string field, string value) =>
        value.Contains('\0', StringComparison.Ordinal)
            ? new FieldProblem(field, "It must not contain the NUL character.", "不能包含空字符（NUL）。")
            : null;

    /// <summary>The refusal that names all problems found; null when there are none.</summary>
    public static Error? Refusal(params ReadOnlySpan<FieldProblem?> problems)
    {
        var found = new List<FieldProblem>();
        foreach (var problem in problems)
        {
            if (problem is not null)
            {
                found.Add(problem);
            }
        }

        return found.Count == 0 ? null : Error.Invalid(found);
    }
}
