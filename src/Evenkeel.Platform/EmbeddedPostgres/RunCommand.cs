using System.ComponentModel;
using System.Diagnostics;

namespace Evenkeel.Platform.EmbeddedPostgres;

internal sealed record CommandResult(int ExitCode, string Output)
{
    public bool Succeeded => ExitCode == 0;

    public string LastLine => Output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).LastOrDefault() ?? $"exit code {ExitCode}";
}

/// <summary>
/// Runs a command to its end, as <paramref name="account"/> when one is given (only root may), in <paramref name="workingDirectory"/>.
/// </summary>
/// <remarks>Paths are passed relative to the working folder where pg_ctl would put them into a shell line without escaping.</remarks>
internal sealed class RunCommand(string? account, string workingDirectory)
{
    /// <summary>126 is what a shell answers for "found, but may not be executed".</summary>
    private const int CannotExecute = 126;

    public async Task<CommandResult> RunAsync(string file, IEnumerable<string> arguments, CancellationToken ct)
    {
        using var process = new Process { StartInfo = Describe(file, arguments) };
        try
        {
            process.Start();
        }
        catch (Win32Exception exception)
        {
            return new CommandResult(CannotExecute, exception.Message);
        }

        process.StandardInput.Close();
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(ct);
            var errors = process.StandardError.ReadToEndAsync(ct);
            await process.WaitForExitAsync(ct);
            return new CommandResult(process.ExitCode, await output + await errors);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }

    private ProcessStartInfo Describe(string file, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(file, arguments)
        {
            WorkingDirectory = workingDirectory,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            CreateNoWindow = true,
        };
        if (account is not null)
            start.UserName = account;
        foreach (var name in start.Environment.Keys.Where(IsUnwanted).ToList())
            start.Environment.Remove(name);
        start.Environment["LC_ALL"] = "C";
        return start;
    }

    /// <summary>
    /// PG* settings of the caller's shell must not steer our private server; on Unix nothing else than PATH is needed, and
    /// whatever secrets our own environment holds are none of another account's business.
    /// </summary>
    private static bool IsUnwanted(string name) =>
        OperatingSystem.IsWindows() ? name.StartsWith("PG", StringComparison.OrdinalIgnoreCase) : name is not "PATH";
}
