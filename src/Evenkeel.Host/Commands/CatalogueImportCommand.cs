using System.CommandLine;
using Evenkeel.Accounts;
using Evenkeel.Catalog.Import;

namespace Evenkeel.Host.Commands;

/// <summary>
/// <c>evenkeel catalogue import FILE</c>: imports events into one organization's catalogue, beside a running server or without one. Ends with 0 when all
/// rows went in, 1 when some did not or the file was refused, 2 when it was called wrongly.
/// </summary>
internal sealed class CatalogueImportCommand
{
    private const int Done = 0;
    private const int Bad = 1;

    private readonly Argument<FileInfo> _file = new Argument<FileInfo>("file") { Description = "The file of events." }.AcceptExistingOnly();
    private readonly Option<string?> _format = new("--format") { Description = "json, conferences, csv or icalendar; default: told by the file." };
    private readonly Option<string?> _organization = new("--organization") { Description = "Id or name of the organization; needed where there are several." };
    private readonly Option<string?> _timeZone = new("--time-zone") { Description = "Of events that have none, nor has their place, such as Europe/Berlin; default UTC." };
    private readonly Option<FileInfo> _mapping = new Option<FileInfo>("--mapping") { Description = "JSON file: which column of a CSV file is which field; default: guessed." }.AcceptExistingOnly();
    private readonly Option<string?> _category = new("--category") { Description = "Of all conferences of the file; default: the file's name." };
    private readonly Option<bool> _dryRun = new("--dry-run") { Description = "Say what would change, and change nothing." };

    /// <summary>The verb, under <c>catalogue</c>.</summary>
    public static Command Create() => new("catalogue", "The catalogue of events.") { Subcommands = { new CatalogueImportCommand().Import() } };

    private Command Import()
    {
        _format.AcceptOnlyFromAmong("json", "conferences", "csv", "icalendar");
        var command = new Command("import", "Import events from JSON, CSV or iCalendar, beside the running server or without one.")
        {
            Arguments = { _file },
            Options = { _format, _organization, _timeZone, _mapping, _category, _dryRun, CommandSettings.Data },
        };
        command.SetAction((parsed, cancellationToken) => CommandSettings.RunAsync(
            () => BesideServer.RunAsync(parsed, services => RunAsync(services, parsed, cancellationToken), cancellationToken)));
        return command;
    }

    private async Task<int> RunAsync(IServiceProvider services, ParseResult parsed, CancellationToken cancellationToken)
    {
        var organizations = await services.GetRequiredService<IOrganizations>().ListAsync(cancellationToken);
        if (!ChooseOrganization.Of(organizations, parsed.GetValue(_organization)).TryGet(out var organization, out var why))
        {
            await Console.Error.WriteLineAsync($"evenkeel: {why}");
            return CommandSettings.WrongCall;
        }

        var file = parsed.GetValue(_file)!;
        await using var content = file.OpenRead();
        var outcome = await services.GetRequiredService<ICatalogueImport>().ImportAsync(
            await FileAsync(parsed, organization, file.Name, content, cancellationToken), cancellationToken);
        if (outcome.TryGet(out var report, out var error))
        {
            await Console.Out.WriteLineAsync(ImportReportText.Of(report, file.Name, organization.Name));
            return report.Failed == 0 ? Done : Bad;
        }

        foreach (var problem in error.Fields)
        {
            await Console.Error.WriteLineAsync($"evenkeel: {(problem.Field == "file" ? file.Name : $"--{problem.Field.Replace('_', '-')}")}: {problem.English}");
        }

        return error.Fields.Any(problem => problem.Field == "file") ? Bad : CommandSettings.WrongCall;
    }

    private async Task<CatalogueFile> FileAsync(
        ParseResult parsed, KnownOrganization organization, string name, Stream content, CancellationToken cancellationToken) => new()
        {
            OrganizationId = organization.Id,
            Name = name,
            Content = content,
            Format = parsed.GetValue(_format),
            TimeZone = parsed.GetValue(_timeZone),
            Mapping = parsed.GetValue(_mapping) is { } mapping ? await File.ReadAllTextAsync(mapping.FullName, cancellationToken) : null,
            Category = parsed.GetValue(_category),
            DryRun = parsed.GetValue(_dryRun),
        };
}
