namespace Evenkeel.Knowledge.Contents;

/// <summary>A content on disk for as long as it is read; removed at disposal.</summary>
internal sealed class ContentFile : IAsyncDisposable
{
    /// <summary>By which files left behind by a killed process are known.</summary>
    private const string Prefix = "evenkeel-content-";

    private ContentFile(string path) => Path = path;

    public string Path { get; }

    /// <summary>Copies the content out of the store.</summary>
    /// <returns>Null when there is no such content.</returns>
    public static async Task<ContentFile?> CreateAsync(ContentStore store, Guid organizationId, Guid contentId, CancellationToken cancellationToken)
    {
        var file = new ContentFile(System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"{Prefix}{contentId:N}-{System.IO.Path.GetRandomFileName()}"));
        try
        {
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Options = FileOptions.Asynchronous };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            }

            bool isThere;
            await using (var target = new FileStream(file.Path, options))
            {
                isThere = await store.CopyToAsync(organizationId, contentId, target, cancellationToken);
            }

            if (isThere)
            {
                return file;
            }
        }
        catch
        {
            await file.DisposeAsync();
            throw;
        }

        await file.DisposeAsync();
        return null;
    }

    /// <summary>Removes files of processes that were killed: nothing is read for a day.</summary>
    public static void RemoveLeftBehind(DateTimeOffset now)
    {
        foreach (var path in Directory.EnumerateFiles(System.IO.Path.GetTempPath(), $"{Prefix}*").Where(path => File.GetLastWriteTimeUtc(path) < now.UtcDateTime.AddDays(-1)))
        {
            File.Delete(path);
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        File.Delete(Path);
        return ValueTask.CompletedTask;
    }
}
