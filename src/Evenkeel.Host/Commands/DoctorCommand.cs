using System.CommandLine;
using System.Net;
using System.Net.Sockets;
using Evenkeel.Host.Server;
using Evenkeel.Platform.EmbeddedPostgres;
using Npgsql;
using Spectre.Console;

namespace Evenkeel.Host.Commands;

/// <summary><c>evenkeel doctor</c>: looks at everything the server needs and says how to mend what is missing.</summary>
internal static class DoctorCommand
{
    private enum Verdict
    {
        Ok,
        Optional,
        Broken,
    }

    /// <summary>The verb.</summary>
    public static Command Create()
    {
        var command = new Command("doctor", "Check what the server needs and say how to mend it.");
        command.Options.Add(CommandSettings.Urls);
        command.Options.Add(CommandSettings.Data);
        command.SetAction((parsed, cancellationToken) => CommandSettings.RunAsync(() => ExamineAsync(CommandSettings.Of(parsed), cancellationToken)));
        return command;
    }

    private static async Task<int> ExamineAsync(Dictionary<string, string?> settings, CancellationToken cancellationToken)
    {
        var configuration = EvenkeelServer.CreateBuilder(settings).Configuration;
        var options = EvenkeelServer.Options(configuration);
        Finding[] findings =
        [
            CheckDataFolder(configuration),
            await CheckDatabaseAsync(configuration, cancellationToken),
            CheckWebPages(options),
            .. options.Urls.Split(';').Select(CheckAddress),
            await CheckModelAsync(configuration, cancellationToken),
        ];

        var table = new Table().Border(TableBorder.Simple).AddColumns("", "what", "found", "what to do");
        foreach (var finding in findings)
        {
            var mark = finding.Verdict switch { Verdict.Ok => "[green]ok[/]", Verdict.Optional => "[yellow]optional[/]", _ => "[red]broken[/]" };
            table.AddRow(mark, Markup.Escape(finding.What), Markup.Escape(finding.Found), Markup.Escape(finding.Fix));
        }

        if (Console.IsOutputRedirected)
        {
            // Without a terminal the width is guessed too small, and paths break in the middle; colours would be letters in a file.
            AnsiConsole.Profile.Width = 200;
            AnsiConsole.Profile.Capabilities.Ansi = false;
        }

        AnsiConsole.Write(table);
        return findings.Any(finding => finding.Verdict == Verdict.Broken) ? 1 : 0;
    }

    private static Finding CheckDataFolder(IConfiguration configuration)
    {
        var folder = DataDirectory.Of(configuration);
        try
        {
            Directory.CreateDirectory(folder);
            var probe = Path.Combine(folder, ".doctor");
            File.WriteAllText(probe, "");
            File.Delete(probe);
            return new Finding(Verdict.Ok, "data folder", folder, "");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return new Finding(Verdict.Broken, "data folder", $"{folder}: {exception.Message}", "Choose a writable folder with --data or Data__Directory.");
        }
    }

    private static async Task<Finding> CheckDatabaseAsync(IConfiguration configuration, CancellationToken cancellationToken)
    {
        if (configuration.GetConnectionString("Evenkeel") is { Length: > 0 } external)
        {
            try
            {
                await using var connection = new NpgsqlConnection(external);
                await connection.OpenAsync(cancellationToken);
                return new Finding(Verdict.Ok, "database", $"external PostgreSQL {connection.PostgreSqlVersion}", "");
            }
            catch (NpgsqlException exception)
            {
                return new Finding(Verdict.Broken, "database", exception.Message, "Check ConnectionStrings__Evenkeel, or unset it to use the embedded database.");
            }
        }

        try
        {
            return new Finding(Verdict.Ok, "database", $"embedded PostgreSQL from {FindBinaries.Find(configuration["Database:EmbeddedBinaries"]).Directory}", "");
        }
        catch (EmbeddedPostgresException exception)
        {
            return new Finding(Verdict.Broken, "database", "the embedded PostgreSQL is not installed", exception.Message);
        }
    }

    private static Finding CheckWebPages(ServerOptions options) =>
        WebPages.Locate(options.WebDirectory) is { } folder
            ? new Finding(Verdict.Ok, "web pages", folder, "")
            : new Finding(Verdict.Optional, "web pages", "not built", "Run ./run once, or npm ci and npm run build in web; the API works without them.");

    private static Finding CheckAddress(string url)
    {
        var address = BindingAddress.Parse(url);
        try
        {
            using var listener = new TcpListener(IPAddress.TryParse(address.Host, out var ip) ? ip : IPAddress.Any, address.Port);
            listener.Start();
            return new Finding(Verdict.Ok, "address", url, "");
        }
        catch (SocketException)
        {
            return new Finding(Verdict.Optional, "address", $"{url} is in use", "Fine if that is Evenkeel itself; otherwise choose another with --urls.");
        }
    }

    private static async Task<Finding> CheckModelAsync(IConfiguration configuration, CancellationToken cancellationToken)
    {
        var provider = configuration["Models:Chat:Provider"] ?? "extractive";
        if (provider == "extractive" || !Uri.TryCreate(configuration["Models:Chat:Endpoint"], UriKind.Absolute, out var endpoint))
        {
            return new Finding(
                Verdict.Optional, "model", $"{provider}: answers are sentences quoted from the documents",
                "For written answers set Models__Chat__Provider=openai, Models__Chat__Endpoint and Models__Chat__Model (docs/guide/en/models.md).");
        }

        using var client = new HttpClient { Timeout = TimeSpan.FromSeconds(5) };
        try
        {
            using var response = await client.GetAsync(endpoint, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            return new Finding(Verdict.Ok, "model", $"{provider} at {endpoint} answers", "");
        }
        catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException)
        {
            return new Finding(Verdict.Broken, "model", $"{provider} at {endpoint}: {exception.Message}", "Start the model server, or correct Models__Chat__Endpoint.");
        }
    }

    private sealed record Finding(Verdict Verdict, string What, string Found, string Fix);
}
