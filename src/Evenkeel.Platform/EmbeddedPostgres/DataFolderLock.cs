using System.Globalization;

namespace Evenkeel.Platform.EmbeddedPostgres;

/// <summary>
/// One server per data folder. The lock belongs to the open file, so the operating system releases it with the process, also
/// after kill -9. The holder's process id is in a second file because a locked file cannot be read on every system.
/// </summary>
internal sealed class DataFolderLock : IDisposable
{
    public const string LockName = "evenkeel.lock";
    public const string HolderName = "evenkeel.pid";

    private readonly FileStream _file;

    private DataFolderLock(FileStream file) => _file = file;

    public static DataFolderLock Acquire(string folder)
    {
        try
        {
            Directory.CreateDirectory(folder);
            var file = new FileStream(Path.Combine(folder, LockName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            File.WriteAllText(Path.Combine(folder, HolderName), Environment.ProcessId.ToString(CultureInfo.InvariantCulture) + "\n");
            return new DataFolderLock(file);
        }
        catch (IOException exception) when (IsHeldByAnother(exception))
        {
            throw new DataFolderInUseException(
                $"The data folder {folder} is in use by another Evenkeel server ({Holder(folder)}): stop that one, or give this one a folder of its own with --data (Data__Directory).", exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new EmbeddedPostgresException(
                $"The data folder {folder} cannot be written by {Environment.UserName}: choose another with --data (Data__Directory), or change its owner ({exception.Message})", exception);
        }
    }

    public void Dispose() => _file.Dispose();

    /// <summary>EWOULDBLOCK of Linux and macOS, and Windows' sharing violation.</summary>
    private static bool IsHeldByAnother(IOException exception) => exception.HResult is 11 or 35 or unchecked((int)0x80070020);

    private static string Holder(string folder)
    {
        try
        {
            return "process " + File.ReadAllText(Path.Combine(folder, HolderName)).Trim();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return "process unknown";
        }
    }
}
