using Evenkeel.Catalog.Import.Formats;
using Evenkeel.Platform.Errors;
using Microsoft.AspNetCore.Mvc;

namespace Evenkeel.Catalog.Import;

/// <summary>The query of <c>POST /api/v1/events/import</c>.</summary>
internal readonly record struct ImportQuery
{
    /// <summary>Of <see cref="ImportFormat"/>; absent = told by the file.</summary>
    [FromQuery(Name = "format")]
    public string? Format { get; init; }

    /// <summary>Say what would change, and change nothing.</summary>
    [FromQuery(Name = "dry_run")]
    public bool? DryRun { get; init; }

    /// <summary>Of events that have none, nor has their place; absent = UTC.</summary>
    [FromQuery(Name = "time_zone")]
    public string? TimeZone { get; init; }

    /// <summary>JSON: fields to names of columns; only of <c>csv</c>.</summary>
    [FromQuery(Name = "mapping")]
    public string? Mapping { get; init; }

    /// <summary>Of all events; only of <c>conferences</c>, where absent = the name of the file.</summary>
    [FromQuery(Name = "category")]
    public string? Category { get; init; }

    /// <summary>Checks all of it.</summary>
    public Result<ImportSettings> Read()
    {
        var problems = new List<FieldProblem>();
        if (Format is not null && !ImportFormat.All.Contains(Format))
        {
            problems.Add(new FieldProblem("format", "One of json, conferences, csv and icalendar.", "应为 json、conferences、csv 或 icalendar。"));
        }

        var zone = TimeZone is null ? "UTC" : TimeZoneNames.Find(TimeZone);
        if (zone is null)
        {
            problems.Add(new FieldProblem("time_zone", "A name such as Europe/Berlin.", "应为 Europe/Berlin 之类的名称。"));
        }

        const int mostCategory = 60;
        var category = TextField.Line(problems, "category", Category, mostCategory);
        if (!CsvMapping.Parse(Mapping).TryGet(out var mapping, out var error))
        {
            problems.AddRange(error.Fields);
        }

        return problems.Count > 0 ? Error.Invalid(problems)
            : new ImportSettings(Format, DryRun ?? false, zone!, mapping!, string.IsNullOrEmpty(category) ? null : category);
    }
}

/// <summary>How a file is to be imported.</summary>
internal sealed record ImportSettings(string? Format, bool DryRun, string TimeZone, CsvMapping Mapping, string? Category);
