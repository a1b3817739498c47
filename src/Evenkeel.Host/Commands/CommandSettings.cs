using System.CommandLine;
using System.Net.Sockets;
using Evenkeel.Host.Server;
using Evenkeel.Platform.Data;
using Evenkeel.Platform.EmbeddedPostgres;
using Npgsql;

namespace Evenkeel.Host.Commands;

/// <summary>Options that every verb takes, and the one way a verb ends.</summary>
internal static class CommandSettings
{
    /// <summary>Exit code of what was called wrongly: nothing was done.</summary>
    public const int WrongCall = 2;

    /// <summary>Where to listen.</summary>
    public static Option<string?> Urls { get; } = new("--urls") { Description = "Where to listen; default http://127.0.0.1:8080 (setting Urls)." };

    /// <summary>The data folder.</summary>
    public static Option<string?> Data { get; } = new("--data") { Description = "Data folder: embedded database and keys; default ./data (setting Data__Directory)." };

    /// <summary>What was given on the command line, as settings that win over the environment.</summary>
    public static Dictionary<string, string?> Of(ParseResult parsed)
    {
        var settings = new Dictionary<string, string?>(StringComparer.Ordinal);
        if (parsed.GetValue(Urls) is { } urls)
        {
            settings["Urls"] = urls;
        }

        if (parsed.GetValue(Data) is { } data)
        {
            settings["Data:Directory"] = data;
        }

        return settings;
    }

    /// <summary>Runs a verb; what the operator can mend ends it with one clear line and exit code 1.</summary>
    public static async Task<int> RunAsync(Func<Task<int>> verb)
    {
        try
        {
            return await verb();
        }
        catch (Exception exception) when (exception is MigrationException or EmbeddedPostgresException or SettingsException)
        {
            await Console.Error.WriteLineAsync($"evenkeel: {exception.Message}");
        }
        catch (UnauthorizedAccessException exception)
        {
            await Console.Error.WriteLineAsync($"evenkeel: {exception.Message}");
        }
        catch (NpgsqlException exception)
        {
            await Console.Error.WriteLineAsync($"evenkeel: PostgreSQL cannot be used: {exception.Message} Check ConnectionStrings__Evenkeel.");
        }
        catch (Microsoft.Extensions.Options.OptionsValidationException exception)
        {
            await Console.Error.WriteLineAsync($"evenkeel: {string.Join(' ', exception.Failures)}");
        }
        catch (IOException exception) when (exception.InnerException is Microsoft.AspNetCore.Connections.AddressInUseException)
        {
            await Console.Error.WriteLineAsync($"evenkeel: {exception.Message} Stop what listens there, or choose another address with --urls.");
        }
        catch (SocketException exception)
        {
            await Console.Error.WriteLineAsync($"evenkeel: It is not possible to listen there: {exception.Message}. Choose another address with --urls.");
        }

        return 1;
    }
}
