using System.CommandLine;
using Evenkeel.Accounts;
using Evenkeel.Timeline.Retention;

namespace Evenkeel.Host.Commands;

/// <summary><c>evenkeel events export</c>: writes events as JSON lines or CSV, to a file or to standard output.</summary>
internal sealed class EventsExportCommand
{
    private const int ReportEvery = 5_000;

    private readonly Option<FileInfo?> _output = new("--output", "-o") { Description = "A new file; compressed when its name ends in .zst. Default: standard output." };
    private readonly Option<string> _format = new("--format") { Description = "jsonl or csv; default: by the file's name, otherwise jsonl." };
    private readonly Option<string[]> _types = EventsCommand.Types();
    private readonly Option<string[]> _statuses = EventsCommand.Statuses();
    private readonly Option<Guid?> _session = new("--session") { Description = "Only this session, in order." };
    private readonly Option<string?> _organization = new("--organization") { Description = "Id or name of an organization; default: all." };
    private readonly Option<DateTimeOffset?> _from = new("--from") { Description = "Only events at or after this time, such as 2026-01-31T12:00:00Z." };
    private readonly Option<DateTimeOffset?> _to = new("--to") { Description = "Only events before this time." };

    /// <summary>The verb.</summary>
    public static Command Create() => new EventsExportCommand().Build();

    private Command Build()
    {
        _format.AcceptOnlyFromAmong("jsonl", "csv");
        var command = new Command("export", "Write events as JSON lines or CSV.")
        {
            Options = { _output, _format, _types, _statuses, _session, _organization, _from, _to, CommandSettings.Data },
        };
        command.SetAction((parsed, cancellationToken) => EventsCommand.RunAsync(parsed, services => RunAsync(services, parsed, cancellationToken), cancellationToken));
        return command;
    }

    private async Task<int> RunAsync(IServiceProvider services, ParseResult parsed, CancellationToken cancellationToken)
    {
        Guid? organizationId = null;
        if (parsed.GetValue(_organization) is { } named)
        {
            var organizations = await services.GetRequiredService<IOrganizations>().ListAsync(cancellationToken);
            if (!ChooseOrganization.Of(organizations, named).TryGet(out var organization, out var why))
            {
                await Console.Error.WriteLineAsync($"evenkeel: {why}");
                return CommandSettings.WrongCall;
            }

            organizationId = organization.Id;
        }

        var filter = new ExportFilter
        {
            Selection = EventsCommand.Selection(parsed, _types, _statuses),
            SessionId = parsed.GetValue(_session),
            From = parsed.GetValue(_from),
            To = parsed.GetValue(_to),
        };
        var file = parsed.GetValue(_output);
        await using var writer = ExportWriter.Create(file?.FullName, parsed.GetValue(_format));
        var events = services.GetRequiredService<IExportEvents>().ReadAsync(organizationId, filter, cancellationToken);
        var written = await EventsTerminal.WithProgressAsync("exporting", report => WriteAsync(writer, events, report, cancellationToken));
        await writer.FinishAsync(cancellationToken);
        await Console.Error.WriteLineAsync($"{EventsTerminal.Number(written)} events were exported{(file is null ? "" : $" to {file.Name}")}.");
        return 0;
    }

    private static async Task<long> WriteAsync(ExportWriter writer, IAsyncEnumerable<StoredEvent> events, Action<long, long, string> report, CancellationToken cancellationToken)
    {
        long written = 0;
        await foreach (var stored in events.WithCancellation(cancellationToken))
        {
            await writer.AddAsync(stored, cancellationToken);
            if (++written % ReportEvery == 0)
            {
                report(0, 0, $"{EventsTerminal.Number(written)} events");
            }
        }

        return written;
    }
}
