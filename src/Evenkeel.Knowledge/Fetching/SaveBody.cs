using System.Buffers;
using System.Security.Cryptography;
using Evenkeel.Platform.Identifiers;

namespace Evenkeel.Knowledge.Fetching;

/// <summary>A body on its way into a temporary file: counted, hashed and never whole in memory.</summary>
internal sealed class SaveBody(IdSource ids)
{
    private const int BufferBytes = 64 * 1024;

    /// <summary>By which files left behind by a killed process are known.</summary>
    private const string Prefix = "evenkeel-fetch-";

    /// <summary>Saves a body of at most so many bytes. Throws <see cref="FetchFailedException"/>; nothing is left behind then.</summary>
    public async Task<(string Path, long Bytes, byte[] Hash)> SaveAsync(Stream body, long mostBytes, bool cutsShort, FetchDeadline deadline)
    {
        var path = Path.Combine(Path.GetTempPath(), $"{Prefix}{ids.Next():N}");
        try
        {
            await using var file = Create(path);
            var (bytes, hash) = await CopyAsync(body, file, mostBytes, cutsShort, deadline);
            return (path, bytes, hash);
        }
        catch (Exception)
        {
            File.Delete(path);
            throw;
        }
    }

    /// <summary>Removes files of processes that were killed: nothing is fetched for a day.</summary>
    public static void RemoveLeftBehind(DateTimeOffset now)
    {
        foreach (var path in Directory.EnumerateFiles(Path.GetTempPath(), $"{Prefix}*").Where(path => File.GetLastWriteTimeUtc(path) < now.UtcDateTime.AddDays(-1)))
        {
            File.Delete(path);
        }
    }

    // For this account only: pages of an intranet are nobody else's business.
    private static FileStream Create(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Options = FileOptions.Asynchronous };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return new FileStream(path, options);
    }

    private static async Task<(long Bytes, byte[] Hash)> CopyAsync(Stream body, FileStream file, long mostBytes, bool cutsShort, FetchDeadline deadline)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        long total = 0;
        try
        {
            while (await ReadAsync(body, buffer, deadline) is var read and > 0)
            {
                if (total + read > mostBytes)
                {
                    read = cutsShort ? (int)(mostBytes - total) : throw new FetchFailedException(KnowledgeReasons.TooLarge);
                }

                hash.AppendData(buffer, 0, read);
                await file.WriteAsync(buffer.AsMemory(0, read), deadline.Token);
                total += read;
                if (total == mostBytes && cutsShort)
                {
                    break;
                }
            }

            return (total, hash.GetHashAndReset());
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static async Task<int> ReadAsync(Stream body, byte[] buffer, FetchDeadline deadline)
    {
        try
        {
            var read = await body.ReadAsync(buffer, deadline.Token);
            deadline.HeardSomething();
            return read;
        }
        catch (Exception exception) when (exception is InvalidDataException or InvalidOperationException)
        {
            // What the decompressors throw at a body that is not what its Content-Encoding says.
            throw new FetchFailedException(KnowledgeReasons.Corrupt, inner: exception);
        }
        catch (IOException exception)
        {
            throw new FetchFailedException(KnowledgeReasons.Unreachable, isTransient: true, inner: exception);
        }
    }
}
