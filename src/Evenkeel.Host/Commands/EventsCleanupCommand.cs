using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Evenkeel.Contracts;
using Evenkeel.Timeline.Retention;
using Spectre.Console;

namespace Evenkeel.Host.Commands;

/// <summary><c>evenkeel events cleanup --hours N</c>: deletes events older than that, except of pinned and held sessions.</summary>
internal sealed class EventsCleanupCommand
{
    private readonly Option<int> _hours = new("--hours") { Description = "Delete events that are older than so many hours.", Required = true };
    private readonly Option<string[]> _types = EventsCommand.Types();
    private readonly Option<string[]> _statuses = EventsCommand.Statuses();
    private readonly Option<bool> _dryRun = new("--dry-run") { Description = "Count what would be deleted, and delete nothing." };
    private readonly Option<FileInfo?> _archive = new("--archive") { Description = "Write what is deleted into this new file first, such as events.jsonl.zst." };
    private readonly Option<bool> _json = EventsCommand.Json();

    /// <summary>The verb.</summary>
    public static Command Create() => new EventsCleanupCommand().Build();

    private Command Build()
    {
        _hours.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && int.TryParse(result.Tokens[0].Value, CultureInfo.InvariantCulture, out var hours) && hours < 1)
            {
                result.AddError("--hours must be 1 or more.");
            }
        });
        var command = new Command("cleanup", "Delete events older than --hours: whole days at once, the rest in batches; pinned sessions stay.")
        {
            Options = { _hours, _types, _statuses, _dryRun, _archive, _json, CommandSettings.Data },
        };
        command.SetAction((parsed, cancellationToken) => EventsCommand.RunAsync(parsed, services => RunAsync(services, parsed, cancellationToken), cancellationToken));
        return command;
    }

    private async Task<int> RunAsync(IServiceProvider services, ParseResult parsed, CancellationToken cancellationToken)
    {
        var isDryRun = parsed.GetValue(_dryRun);
        await using var archive = !isDryRun && parsed.GetValue(_archive) is { } file ? EventArchive.Create(file.FullName) : null;
        var request = new CleanUpRequest
        {
            Cutoff = services.GetRequiredService<TimeProvider>().GetUtcNow().AddHours(-parsed.GetValue(_hours)),
            Selection = EventsCommand.Selection(parsed, _types, _statuses),
            DryRun = isDryRun,
            Archive = archive,
        };
        var steps = await EventsTerminal.WithProgressAsync(
            isDryRun ? "counting" : "cleaning up", report => StepsAsync(services.GetRequiredService<ICleanUpEvents>().RunAsync(request, cancellationToken), report));
        var result = new CleanUpResult(
            isDryRun, request.Cutoff, steps.Sum(step => step.Rows), steps.Count(step => step.IsWhole), archive?.Count, [.. steps.Where(step => step.Rows > 0 || step.IsWhole)]);
        if (parsed.GetValue(_json))
        {
            await Console.Out.WriteLineAsync(JsonSerializer.Serialize(result, Wire.Json));
        }
        else
        {
            Write(result);
        }

        return 0;
    }

    private static async Task<List<CleanUpStep>> StepsAsync(IAsyncEnumerable<CleanUpStep> run, Action<long, long, string> report)
    {
        var steps = new List<CleanUpStep>();
        long rows = 0;
        await foreach (var step in run)
        {
            steps.Add(step);
            rows += step.Rows;
            report(step.Done, step.Parts, $"{EventsTerminal.Number(rows)} events");
        }

        return steps;
    }

    private static void Write(CleanUpResult result)
    {
        var table = new Table().Border(TableBorder.Simple)
            .AddColumn("class").AddColumn("day").AddColumn(new TableColumn("events").RightAligned()).AddColumn("how");
        foreach (var step in result.Parts)
        {
            table.AddRow(
                step.Retention, step.Day?.ToString("O", CultureInfo.InvariantCulture) ?? "–", EventsTerminal.Number(step.Rows), step.IsWhole ? "the whole day" : "row by row");
        }

        EventsTerminal.Results.Write(table);
        EventsTerminal.Results.WriteLine(
            $"{EventsTerminal.Number(result.Rows)} events before {result.Cutoff.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC {(result.DryRun ? "would be" : "were")} deleted"
            + (result.Archived is { } archived ? $"; {EventsTerminal.Number(archived)} are in the archive." : "."));
    }

    /// <summary>As <c>--json</c> shows it.</summary>
    private sealed record CleanUpResult(bool DryRun, DateTimeOffset Cutoff, long Rows, int DaysDropped, long? Archived, IReadOnlyList<CleanUpStep> Parts);
}
