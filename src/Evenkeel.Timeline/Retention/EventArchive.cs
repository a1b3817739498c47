using System.Text.Json;
using Evenkeel.Contracts;
using ZstdSharp;

namespace Evenkeel.Timeline.Retention;

/// <summary>A file of events, one JSON object a line, compressed with Zstandard. It is never written over, and what was flushed can be read back whatever follows.</summary>
public sealed class EventArchive : IAsyncDisposable
{
    private static readonly byte[] NewLine = "\n"u8.ToArray();

    private readonly FileStream _file;
    private readonly CompressionStream _compressed;

    private EventArchive(FileStream file) => (_file, _compressed) = (file, new CompressionStream(file, leaveOpen: true));

    /// <summary>Events written.</summary>
    public long Count { get; private set; }

    /// <summary>Makes the file.</summary>
    /// <exception cref="IOException">It is there already, or cannot be made.</exception>
    public static EventArchive Create(string path) => new(new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read));

    /// <summary>Reads one back, line by line.</summary>
    public static async IAsyncEnumerable<string> ReadAsync(string path)
    {
        await using var file = File.OpenRead(path);
        await using var plain = new DecompressionStream(file);
        using var lines = new StreamReader(plain);
        while (await lines.ReadLineAsync() is { } line)
        {
            yield return line;
        }
    }

    /// <summary>Adds an event.</summary>
    public async ValueTask AddAsync(StoredEvent stored, CancellationToken cancellationToken)
    {
        await _compressed.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(stored, Wire.Json), cancellationToken);
        await _compressed.WriteAsync(NewLine, cancellationToken);
        Count++;
    }

    /// <summary>Everything added so far is on the disk afterwards.</summary>
    public async Task FlushAsync(CancellationToken cancellationToken)
    {
        await _compressed.FlushAsync(cancellationToken);
        _file.Flush(flushToDisk: true);
    }

    /// <summary>Ends the file.</summary>
    public async ValueTask DisposeAsync()
    {
        await _compressed.DisposeAsync();
        _file.Flush(flushToDisk: true);
        await _file.DisposeAsync();
    }
}
