using Microsoft.Extensions.Logging;

namespace Evenkeel.Platform.EmbeddedPostgres;

/// <summary>PostgreSQL refuses to run as root, so root chooses an account without privileges for it.</summary>
internal static partial class ChooseAccount
{
    private const string OwnAccount = "evenkeel";

    public static bool IsRoot => !OperatingSystem.IsWindows() && Environment.IsPrivilegedProcess;

    /// <summary>The account to run as, or null to run as ourselves. An existing cluster stays with the account that made it.</summary>
    public static async Task<string?> ChooseAsync(string? recorded, ILogger logger, CancellationToken ct)
    {
        if (!IsRoot)
            return null;

        // An account of our own is best; the system's postgres account is made for exactly this; creating one changes the
        // machine; "nobody" is shared with other services, so it comes last.
        string?[] candidates = [recorded, OwnAccount, "postgres"];
        foreach (var candidate in candidates)
        {
            if (candidate is not null && await IsUnprivilegedAsync(candidate, ct))
                return candidate;
        }

        var created = await SystemCommand.RunAsync(
            "useradd", ["--system", "--no-create-home", "--home-dir", "/nonexistent", "--shell", "/usr/sbin/nologin", OwnAccount], ct);
        if (created.Succeeded)
            Log.AccountCreated(logger, OwnAccount);
        string[] afterwards = [OwnAccount, "nobody"];
        foreach (var candidate in afterwards)
        {
            if (await IsUnprivilegedAsync(candidate, ct))
                return candidate;
        }

        throw new EmbeddedPostgresException(
            "PostgreSQL does not run as root and no other account was found: create one with `useradd --system evenkeel`, or start the server as an ordinary user.");
    }

    private static async Task<bool> IsUnprivilegedAsync(string name, CancellationToken ct)
    {
        var id = await SystemCommand.RunAsync("id", ["-u", name], ct);
        return id.Succeeded && id.Output.Trim() != "0";
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "PostgreSQL does not run as root: created the system account {Account} for it")]
        public static partial void AccountCreated(ILogger logger, string account);
    }
}

/// <summary>Short commands of the operating system, run as ourselves.</summary>
internal static class SystemCommand
{
    public static Task<CommandResult> RunAsync(string file, IEnumerable<string> arguments, CancellationToken ct) =>
        new RunCommand(account: null, workingDirectory: Path.GetTempPath()).RunAsync(file, arguments, ct);

    public static async Task ChangeOwnerAsync(string account, IEnumerable<string> paths, CancellationToken ct)
    {
        var result = await RunAsync("chown", ["-R", "-h", account + ":", .. paths], ct);
        if (!result.Succeeded)
            throw new EmbeddedPostgresException($"The database folder could not be given to the account {account}: {result.LastLine}");
    }
}
