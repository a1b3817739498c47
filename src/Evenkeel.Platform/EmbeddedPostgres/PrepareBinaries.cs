using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging;

namespace Evenkeel.Platform.EmbeddedPostgres;

/// <summary>
/// Makes the installed PostgreSQL runnable: npm packages cannot hold symbolic links, so the package lists them in
/// pg-symlinks.json. Where the folder cannot be completed, or the account cannot run it, a copy is used.
/// </summary>
internal sealed partial class PrepareBinaries(string? account, ILogger logger)
{
    private const UnixFileMode Everybody =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupRead | UnixFileMode.GroupExecute |
        UnixFileMode.OtherRead | UnixFileMode.OtherExecute;

    private sealed record Link(string Source, string Target);

    public async Task<PostgresBinaries> PrepareAsync(PostgresBinaries found, string copies, CancellationToken ct)
    {
        if (TryMakeLinks(found.Directory) && (await VersionAsync(found, ct)).Succeeded)
            return found;

        var copy = Copy(found, copies);
        var version = await VersionAsync(copy, ct);
        if (!version.Succeeded)
            throw new EmbeddedPostgresException($"PostgreSQL in {found.Directory} does not run on this machine: {version.LastLine}");
        return copy;
    }

    /// <summary>Asking the program itself, as the account that will run it, proves permissions and libraries at once.</summary>
    private async Task<CommandResult> VersionAsync(PostgresBinaries binaries, CancellationToken ct)
    {
        var result = await new RunCommand(account, Path.GetTempPath()).RunAsync(binaries.Postgres, ["--version"], ct);
        if (result.Succeeded && !result.Output.Contains($"(PostgreSQL) {InspectDataFolder.SupportedMajorVersion}.", StringComparison.Ordinal))
            throw new EmbeddedPostgresException(
                $"{binaries.Postgres} is \"{result.Output.Trim()}\", but this server needs PostgreSQL {InspectDataFolder.SupportedMajorVersion}: correct Database:EmbeddedBinaries.");
        return result;
    }

    private static bool TryMakeLinks(string folder)
    {
        try
        {
            foreach (var link in ReadLinks(folder).Where(link => !File.Exists(link.Target)))
                MakeLink(link);
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>Made under another name and renamed, so that servers that start together do not disturb each other.</summary>
    private static void MakeLink(Link link)
    {
        var unfinished = $"{link.Target}.{Environment.ProcessId}";
        File.Delete(unfinished);
        File.CreateSymbolicLink(unfinished, Path.GetFileName(link.Source));
        File.Move(unfinished, link.Target, overwrite: true);
    }

    /// <summary>The list names paths from the package's root, of which the folder is "native".</summary>
    private static IEnumerable<Link> ReadLinks(string folder)
    {
        var list = Path.Combine(folder, "pg-symlinks.json");
        if (!File.Exists(list))
            return [];
        var links = JsonSerializer.Deserialize<List<Link>>(File.ReadAllText(list), JsonSerializerOptions.Web) ?? [];
        return links.Select(link => new Link(InFolder(link.Source), InFolder(link.Target)));

        string InFolder(string path) => Path.Combine(folder, path["native/".Length..]);
    }

    private PostgresBinaries Copy(PostgresBinaries found, string copies)
    {
        var files = new DirectoryInfo(found.Directory).EnumerateFiles("*", SearchOption.AllDirectories)
            .Where(file => file.Extension is not ".a" && file.LinkTarget is null)
            .Select(file => (File: file, Name: Path.GetRelativePath(found.Directory, file.FullName)))
            .OrderBy(file => file.Name, StringComparer.Ordinal).ToList();
        var fingerprint = string.Join('\n', files.Select(file => $"{file.Name} {file.File.Length}"));
        var name = "binaries-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(fingerprint)))[..12];
        var copy = new PostgresBinaries(Path.Combine(copies, name));
        if (copy.Exist)
            return copy;

        Log.Copying(logger, found.Directory, copy.Directory);
        var unfinished = $"{copy.Directory}.{Environment.ProcessId}";
        foreach (var (file, relative) in files)
            CopyFile(file, unfinished, relative);
        TryMakeLinks(unfinished);
        MoveUnlessThere(unfinished, copy.Directory);
        return copy;
    }

    private static void CopyFile(FileInfo file, string folder, string relative)
    {
        var target = Path.Combine(folder, relative);
        CreateReadableFolder(Path.GetDirectoryName(target)!);
        file.CopyTo(target, overwrite: true);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(target, Everybody);
    }

    /// <summary>Every folder on the way is opened to all, whatever the server's umask.</summary>
    private static void CreateReadableFolder(string folder)
    {
        if (Directory.Exists(folder))
            return;
        CreateReadableFolder(Path.GetDirectoryName(folder)!);
        Directory.CreateDirectory(folder);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(folder, Everybody);
    }

    private static void MoveUnlessThere(string unfinished, string final)
    {
        try
        {
            Directory.Move(unfinished, final);
        }
        catch (IOException) when (Directory.Exists(final))
        {
            Directory.Delete(unfinished, recursive: true);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "PostgreSQL in {Installed} cannot be used from there; copying it to {Copy}")]
        public static partial void Copying(ILogger logger, string installed, string copy);
    }
}
