using System.CommandLine;
using System.Net;
using System.Net.Sockets;
using Evenkeel.Host.Server;
using Evenkeel.Host.Server.Parts;
using Evenkeel.Platform.Data;
using Evenkeel.Platform.EmbeddedPostgres;
using Evenkeel.Platform.Health;
using Evenkeel.Platform.Privacy;
using Microsoft.Extensions.Options;
using Npgsql;
using Spectre.Console;

namespace Evenkeel.Host.Commands;

/// <summary>
/// <c>evenkeel doctor</c>: looks at everything the server needs or could use, and says how to mend what is missing. It starts nothing and asks the same
/// contributors as the running server.
/// </summary>
internal static class DoctorCommand
{
    // Nothing connects through it: checks that need the database are left out.
    private static readonly DatabaseConnection Unused = new("Host=127.0.0.1;Database=unused", null, false);

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
        var builder = EvenkeelServer.CreateBuilder(settings);
        // The findings are the output; what parts would log while they are asked is not.
        builder.Logging.ClearProviders();
        var options = EvenkeelServer.Options(builder.Configuration);
        var (database, connection) = await CheckDatabaseAsync(builder.Configuration, cancellationToken);
        await using var app = EvenkeelServer.Build(builder, connection ?? Unused);
        HealthCheck[] findings =
        [
            database,
            .. CheckSettings(app.Services),
            .. (await app.Services.GetRequiredService<HealthChecks>().RunAsync(HealthAsker.Doctor, connection is not null, cancellationToken)).Where(check => check.Name != DatabaseHealth.Part),
            .. options.Urls.Split(';').Select(CheckAddress),
        ];
        Write(findings);
        return findings.All(finding => finding.Status == HealthStatus.Ok) ? 0 : 1;
    }

    private static void Write(IEnumerable<HealthCheck> findings)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumns("", "what", "found", "what to do");
        foreach (var finding in findings)
        {
            var mark = finding.Status != HealthStatus.Ok ? "[red]broken[/]" : finding.Hint is null ? "[green]ok[/]" : "[yellow]optional[/]";
            table.AddRow(mark, Markup.Escape(finding.Name), Markup.Escape(finding.Found), Markup.Escape(finding.Hint ?? ""));
        }

        if (Console.IsOutputRedirected)
        {
            // Without a terminal the width is guessed too small, and paths break in the middle; colours would be letters in a file.
            AnsiConsole.Profile.Width = 240;
            AnsiConsole.Profile.Capabilities.Ansi = false;
        }

        AnsiConsole.Write(table);
    }

    /// <summary>How the database is, and how to reach it when it can be asked and has been migrated.</summary>
    private static async Task<(HealthCheck Finding, DatabaseConnection? Connection)> CheckDatabaseAsync(IConfiguration configuration, CancellationToken cancellationToken)
    {
        if (configuration.GetConnectionString("Evenkeel") is not { Length: > 0 } external)
        {
            return (CheckEmbedded(configuration), null);
        }

        try
        {
            await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(external) { Pooling = false }.ConnectionString);
            await connection.OpenAsync(cancellationToken);
            if (connection.PostgreSqlVersion.Major < ExternalPostgres.OldestVersion)
            {
                return (new HealthCheck(DatabaseHealth.Part, HealthStatus.Unavailable, $"PostgreSQL {connection.PostgreSqlVersion} is too old", $"Evenkeel needs {ExternalPostgres.OldestVersion} or newer."), null);
            }

            await using var command = new NpgsqlCommand("SELECT to_regclass('public.schema_migrations') IS NOT NULL", connection);
            var isMigrated = (bool)(await command.ExecuteScalarAsync(cancellationToken))!;
            var pooler = await DetectPooler.RunAsync(external, configuration["Database:PgBouncer"] ?? "auto", cancellationToken);
            return (
                HealthCheck.Ok(DatabaseHealth.Part, $"external PostgreSQL {connection.PostgreSqlVersion}", isMigrated ? null : "It is empty: the first start, or evenkeel migrate, fills it."),
                isMigrated ? new DatabaseConnection(external, null, pooler.PoolsTransactions) { Pooler = pooler } : null);
        }
        catch (NpgsqlException exception)
        {
            return (
                new HealthCheck(DatabaseHealth.Part, HealthStatus.Unavailable, Redaction.Describe(exception), "Check ConnectionStrings__Evenkeel, or unset it to use the embedded database."),
                null);
        }
    }

    private static HealthCheck CheckEmbedded(IConfiguration configuration)
    {
        try
        {
            return HealthCheck.Ok(DatabaseHealth.Part, $"embedded PostgreSQL from {FindBinaries.Find(configuration["Database:EmbeddedBinaries"]).Directory}");
        }
        catch (EmbeddedPostgresException exception)
        {
            return new HealthCheck(DatabaseHealth.Part, HealthStatus.Unavailable, "the embedded PostgreSQL is not installed", exception.Message);
        }
    }

    /// <summary>What the server would refuse to start with.</summary>
    private static HealthCheck[] CheckSettings(IServiceProvider services)
    {
        try
        {
            services.GetService<IStartupValidator>()?.Validate();
            return [];
        }
        catch (OptionsValidationException exception)
        {
            return [HealthCheck.Degraded("settings", "the server would not start", string.Join(' ', exception.Failures))];
        }
        catch (AggregateException many)
        {
            return [HealthCheck.Degraded("settings", "the server would not start", string.Join(' ', many.InnerExceptions.OfType<OptionsValidationException>().SelectMany(one => one.Failures)))];
        }
    }

    private static HealthCheck CheckAddress(string url)
    {
        var address = BindingAddress.Parse(url);
        try
        {
            using var listener = new TcpListener(IPAddress.TryParse(address.Host, out var ip) ? ip : IPAddress.Any, address.Port);
            listener.Start();
            return HealthCheck.Ok("address", url);
        }
        catch (SocketException)
        {
            return HealthCheck.Ok("address", $"{url} is in use", "Fine if that is Evenkeel itself; otherwise choose another with --urls.");
        }
    }
}
