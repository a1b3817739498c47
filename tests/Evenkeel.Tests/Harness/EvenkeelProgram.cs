using System.Diagnostics;
using Xunit;

namespace Evenkeel.Tests.Harness;

/// <summary>The real program, in processes of its own.</summary>
internal static class EvenkeelProgram
{
    /// <summary>Starts a verb; settings are as for <see cref="TestServer.StartAsync"/>.</summary>
    public static Process Start(string verb, Dictionary<string, string?> settings, bool isRead = false) => Start([verb], settings, isRead);

    /// <summary>Runs a verb to its end and gives its exit code and everything it wrote.</summary>
    public static Task<(int ExitCode, string Output)> RunAsync(string verb, Dictionary<string, string?> settings) => RunAsync([verb], settings);

    /// <summary>The same for a verb with arguments.</summary>
    public static async Task<(int ExitCode, string Output)> RunAsync(string[] arguments, Dictionary<string, string?> settings)
    {
        using var process = Start(arguments, settings, isRead: true);
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, await output + await errors);
    }

    private static Process Start(string[] arguments, Dictionary<string, string?> settings, bool isRead)
    {
        // The test runner may be an executable of its own; "dotnet" is then found in the PATH.
        var host = Path.GetFileName(Environment.ProcessPath) == "dotnet" ? Environment.ProcessPath! : "dotnet";
        var start = new ProcessStartInfo(host)
        {
            UseShellExecute = false,
            RedirectStandardOutput = isRead,
            RedirectStandardError = isRead,
        };
        foreach (var argument in arguments.Prepend(Path.Combine(AppContext.BaseDirectory, "evenkeel.dll")))
        {
            start.ArgumentList.Add(argument);
        }

        foreach (var (key, value) in settings)
        {
            start.Environment[key.Replace(":", "__", StringComparison.Ordinal)] = value;
        }

        return Process.Start(start)!;
    }
}
