using System.Globalization;
using System.Text;
using Evenkeel.Contracts.Catalogue;

namespace Evenkeel.Host.Commands;

/// <summary>The report of an import for a terminal.</summary>
internal static class ImportReportText
{
    /// <param name="report">What was done.</param>
    /// <param name="file">Name of the file.</param>
    /// <param name="organization">Name of the organization.</param>
    public static string Of(ImportReport report, string file, string organization)
    {
        var text = new StringBuilder();
        text.AppendLine(report.DryRun
            ? $"{file} ({report.Format}) would change the catalogue of {organization} as follows; nothing was changed."
            : $"{file} ({report.Format}) was imported into the catalogue of {organization}.");
        Count(text, "rows", report.Rows);
        Count(text, "created", report.Created);
        Count(text, "updated", report.Updated);
        Count(text, "unchanged", report.Unchanged);
        Count(text, "removed", report.Removed);
        Count(text, "new places", report.CreatedLocations);
        Count(text, "bad rows", report.Failed);
        foreach (var problem in report.Problems)
        {
            text.AppendLine($"  line {problem.Line}{(problem.Field is null ? "" : $", {problem.Field}")}: {problem.Message}{(problem.IsWarning ? " (the row went in)" : "")}");
        }

        return text.ToString().TrimEnd();
    }

    private static void Count(StringBuilder text, string what, int count) => text.AppendLine(CultureInfo.InvariantCulture, $"  {what,-11} {count,7:N0}");
}
