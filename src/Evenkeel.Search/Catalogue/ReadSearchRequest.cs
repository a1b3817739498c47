using Evenkeel.Contracts.Catalogue;
using Evenkeel.Platform.Errors;
using NodaTime;

namespace Evenkeel.Search.Catalogue;

/// <summary>Checks the fields of a search.</summary>
internal static class ReadSearchRequest
{
    public const int DefaultLimit = 10;
    public const string Utc = "Etc/UTC";

    private const int MostLimit = 100;
    private const int MostValues = 50;
    private const int MostQueryCharacters = 1_000;
    private const int MostPlaceCharacters = 200;
    private const int MostValueCharacters = 60;

    /// <summary>What is wrong; empty when nothing is.</summary>
    public static IReadOnlyList<FieldProblem> Problems(SearchRequest request)
    {
        var problems = new List<FieldProblem>();
        TextField.Block(problems, "query", request.Query, MostQueryCharacters);
        TextField.Line(problems, "location", request.Location, MostPlaceCharacters);
        CheckCount(problems, "location_ids", request.LocationIds?.Count);
        CheckTexts(problems, "categories", request.Categories);
        CheckTexts(problems, "countries", request.Countries);
        if (request.From > request.To)
        {
            problems.Add(new FieldProblem("to", "The last day must not be before the first.", "最后一天不能早于第一天。"));
        }

        if (request.Limit is < 1 or > MostLimit)
        {
            problems.Add(new FieldProblem("limit", $"Between 1 and {MostLimit}.", $"应在 1 到 {MostLimit} 之间。"));
        }

        if (request.TimeZone is { } zone && DateTimeZoneProviders.Tzdb.GetZoneOrNull(zone) is null)
        {
            problems.Add(new FieldProblem("time_zone", "This is not an IANA time zone, such as Europe/Berlin.", "这不是 IANA 时区，例如 Europe/Berlin。"));
        }

        return problems;
    }

    private static void CheckCount(List<FieldProblem> problems, string field, int? count)
    {
        if (count > MostValues)
        {
            problems.Add(new FieldProblem(field, $"At most {MostValues}.", $"最多 {MostValues} 个。"));
        }
    }

    private static void CheckTexts(List<FieldProblem> problems, string field, IReadOnlyList<string>? values)
    {
        CheckCount(problems, field, values?.Count);
        foreach (var value in values ?? [])
        {
            if (value is null)
            {
                problems.Add(FieldProblem.Required(field));
                return;
            }

            TextField.Line(problems, field, value, MostValueCharacters);
        }
    }
}
