using System.Security.Cryptography;
using System.Text.Json;

namespace Evenkeel.Platform.EmbeddedPostgres;

/// <summary>
/// What the data folder remembers about its database, in database.json (readable by the server's user only). Its presence is what
/// makes a folder ours.
/// </summary>
internal sealed record DatabaseRecord
{
    public const string FileName = "database.json";

    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        WriteIndented = true,
    };

    /// <summary>True once a cluster exists; if it is missing later, it was lost, and starting empty would hide that.</summary>
    public bool IsInitialized { get; init; }

    /// <summary>The base folder of the cluster when it is not inside the data folder; otherwise the folder can be moved freely.</summary>
    public string? RelocatedTo { get; init; }

    /// <summary>The account that owns the cluster's files.</summary>
    public string? Account { get; init; }

    public required string AdministratorPassword { get; init; }

    public required string OwnerPassword { get; init; }

    public required string ApplicationPassword { get; init; }

    public static DatabaseRecord Create() => new()
    {
        AdministratorPassword = Secret(),
        OwnerPassword = Secret(),
        ApplicationPassword = Secret(),
    };

    public static DatabaseRecord? Read(string dataDirectory)
    {
        var path = Path.Combine(dataDirectory, FileName);
        try
        {
            return File.Exists(path) ? JsonSerializer.Deserialize<DatabaseRecord>(File.ReadAllText(path), Json) : null;
        }
        catch (JsonException exception)
        {
            throw new EmbeddedPostgresException($"{path} cannot be read: restore it from a backup; it holds the passwords of the database.", exception);
        }
        catch (UnauthorizedAccessException exception)
        {
            throw new EmbeddedPostgresException(
                $"The data folder {dataDirectory} belongs to another user: start the server as that user, or change the folder's owner.", exception);
        }
    }

    /// <summary>Written beside and renamed, so that a crash leaves the old record or the new one.</summary>
    public void Write(string dataDirectory)
    {
        var path = Path.Combine(dataDirectory, FileName);
        var written = path + ".new";
        File.Delete(written);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var stream = new FileStream(written, options))
        {
            JsonSerializer.Serialize(stream, this, Json);
            stream.Flush(flushToDisk: true);
        }

        File.Move(written, path, overwrite: true);
    }

    /// <summary>Hexadecimal, so that it needs no escaping in SQL, connection strings or files.</summary>
    private static string Secret() => RandomNumberGenerator.GetHexString(48, lowercase: true);
}
