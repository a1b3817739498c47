using Evenkeel.Platform.Errors;
using NodaTime;

namespace Evenkeel.Catalog;

/// <summary>Rules that fields of events and of places have in common, collected as field problems.</summary>
internal static class CatalogueFields
{
    /// <summary>Most characters of a search box.</summary>
    private const int MostQueryCharacters = 200;

    /// <summary>A name that has to be there.</summary>
    public static string RequiredLine(List<FieldProblem> problems, string field, string? value, int most)
    {
        var line = TextField.Line(problems, field, value, most) ?? "";
        if (line.Length == 0)
        {
            problems.Add(FieldProblem.Required(field));
        }

        return line;
    }

    /// <summary>An IANA name; null where it is absent or wrong.</summary>
    public static DateTimeZone? TimeZone(List<FieldProblem> problems, string field, string? value)
    {
        if (string.IsNullOrWhiteSpace(value))
        {
            return null;
        }

        var zone = DateTimeZoneProviders.Tzdb.GetZoneOrNull(value.Trim());
        if (zone is null)
        {
            problems.Add(new FieldProblem(field, "A time zone by its IANA name, such as Europe/Berlin.", "应为 IANA 时区名称，例如 Asia/Shanghai。"));
        }

        return zone;
    }

    /// <summary>Lines without repetition; the problem names the list.</summary>
    public static IReadOnlyList<string> Lines(List<FieldProblem> problems, string field, IReadOnlyList<string>? values, (int Items, int Characters) most)
    {
        if (values is null)
        {
            return [];
        }

        if (values.Count > most.Items)
        {
            problems.Add(new FieldProblem(field, $"At most {most.Items}.", $"最多 {most.Items} 项。"));
            return [];
        }

        var before = problems.Count;
        var lines = new List<string>();
        foreach (var value in values)
        {
            var line = TextField.Line(problems, field, value, most.Characters);
            if (problems.Count > before)
            {
                return [];
            }

            if (!string.IsNullOrEmpty(line))
            {
                lines.Add(line);
            }
        }

        return [.. lines.Distinct(StringComparer.Ordinal)];
    }

    /// <summary>What a search box says, as a pattern of <c>LIKE</c>; null where it says nothing.</summary>
    public static string? Pattern(List<FieldProblem> problems, string? query, Func<string, string> prepare)
    {
        var words = prepare(TextField.Line(problems, "q", query, MostQueryCharacters) ?? "");
        return words.Length == 0 ? null : $"%{words.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal)}%";
    }
}
