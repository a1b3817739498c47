using System.CommandLine;
using System.Text.Json;
using Evenkeel.Chat;
using Evenkeel.Contracts;
using Spectre.Console;

namespace Evenkeel.Host.Commands;

/// <summary>
/// <c>evenkeel workers ping</c>: asks every worker of the installation, beside the running server. Ends with 0 when each answered, 1 when one did not or there
/// is none.
/// </summary>
internal static class WorkersCommand
{
    private static readonly Option<double> Patience = new("--timeout") { Description = "Seconds to wait for answers.", DefaultValueFactory = _ => 5 };
    private static readonly Option<bool> Json = new("--json") { Description = "Print JSON instead of a table." };

    /// <summary>The verb.</summary>
    public static Command Create()
    {
        var ping = new Command("ping", "Ask every worker whether it does anything.") { Options = { Patience, Json, CommandSettings.Data } };
        ping.SetAction((parsed, cancellationToken) => CommandSettings.RunAsync(() => RunAsync(parsed, cancellationToken)));
        return new Command("workers", "Processes that run turns.") { Subcommands = { ping } };
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        if (parsed.GetValue(Patience) is not (> 0 and <= 600))
        {
            await Console.Error.WriteLineAsync("evenkeel: --timeout: from 0 to 600 seconds.");
            return CommandSettings.WrongCall;
        }

        return await BesideServer.RunAsync(parsed, services => PingAsync(services, parsed, cancellationToken), cancellationToken);
    }

    private static async Task<int> PingAsync(IServiceProvider services, ParseResult parsed, CancellationToken cancellationToken)
    {
        var workers = await services.GetRequiredService<IWorkerPing>().RunAsync(TimeSpan.FromSeconds(parsed.GetValue(Patience)), cancellationToken);
        if (parsed.GetValue(Json))
        {
            await Console.Out.WriteLineAsync(JsonSerializer.Serialize(workers.Select(Line), Wire.Json));
        }
        else
        {
            Print(workers, services.GetRequiredService<TimeProvider>().GetUtcNow());
        }

        return workers.Count > 0 && workers.All(worker => worker.Answer is not null) ? 0 : 1;
    }

    private static object Line(PingedWorker worker) => new
    {
        worker.Id, worker.StartedAt, worker.SeenAt, worker.RunningTurns, IsAlive = worker.Answer is not null, AnswerMs = worker.Answer?.TotalMilliseconds,
    };

    private static void Print(IReadOnlyList<PingedWorker> workers, DateTimeOffset now)
    {
        if (workers.Count == 0)
        {
            AnsiConsole.WriteLine("No worker is registered: turns wait until one is started (evenkeel worker, or a server whose Roles name worker).");
            return;
        }

        // An id is copied as a whole, however narrow the terminal.
        var table = new Table().Border(TableBorder.Simple)
            .AddColumn("worker", column => column.NoWrap()).AddColumns("started", "last heartbeat", "running", "answer");
        foreach (var worker in workers)
        {
            table.AddRow(
                worker.Id.ToString(), $"{worker.StartedAt:u}", $"{Math.Max(0, (now - worker.SeenAt).TotalSeconds):0} s ago", $"{worker.RunningTurns}",
                worker.Answer is { } answer ? $"{answer.TotalMilliseconds:0} ms" : "none");
        }

        AnsiConsole.Write(table);
    }
}
