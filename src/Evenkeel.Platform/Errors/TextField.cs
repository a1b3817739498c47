namespace Evenkeel.Platform.Errors;

/// <summary>The rules every text from a request follows, collected as field problems.</summary>
public static class TextField
{
    /// <summary>
    /// A line of text, trimmed; null when it was absent. NUL cannot be stored by PostgreSQL and other control characters have no
    /// business in names.
    /// </summary>
    /// <param name="problems">Where a problem is added.</param>
    /// <param name="field">JSON name of the field.</param>
    /// <param name="value">The text as it came.</param>
    /// <param name="most">Most characters.</param>
    public static string? Line(ICollection<FieldProblem> problems, string field, string? value, int most) =>
        Check(problems, field, value?.Trim(), most, char.IsControl);

    /// <summary>Text of several lines, as written; null when it was absent.</summary>
    /// <inheritdoc cref="Line"/>
    public static string? Block(ICollection<FieldProblem> problems, string field, string? value, int most) =>
        Check(problems, field, value, most, character => character == '\0');

    private static string? Check(ICollection<FieldProblem> problems, string field, string? text, int most, Func<char, bool> isRefused)
    {
        if (text is null)
        {
            return null;
        }

        if (text.Length > most)
        {
            problems.Add(FieldProblem.TooLong(field, most));
        }
        else if (text.Any(isRefused))
        {
            problems.Add(new FieldProblem(field, "Control characters are not allowed.", "不允许使用控制字符。"));
        }

        return text;
    }
}
