using System.Globalization;
using System.Text;
using System.Text.Json;
using Evenkeel.Contracts;
using Evenkeel.Timeline.Retention;
using ZstdSharp;

namespace Evenkeel.Host.Commands;

/// <summary>Writes events as lines, to a new file or to standard output, compressed where the name says so.</summary>
internal sealed class ExportWriter : IAsyncDisposable
{
    private const string CsvHeader =
        "id,organization_id,session_id,seq,message_id,turn_id,correlation_id,timestamp,processing_time_ms,attempt,event_type,event_status,error_type,error_severity,event_data,retention\n";

    private readonly FileStream? _file;
    private readonly Stream _output;
    private readonly bool _isCsv;

    private ExportWriter(FileStream? file, Stream output, bool isCsv) => (_file, _output, _isCsv) = (file, output, isCsv);

    /// <param name="path">Null = standard output.</param>
    /// <param name="format"><c>jsonl</c>, <c>csv</c>, or null = by the name.</param>
    /// <exception cref="IOException">The file is there already, or cannot be made.</exception>
    public static ExportWriter Create(string? path, string? format)
    {
        var isCompressed = path?.EndsWith(".zst", StringComparison.OrdinalIgnoreCase) == true;
        var name = isCompressed ? path![..^4] : path;
        var isCsv = format is null ? name?.EndsWith(".csv", StringComparison.OrdinalIgnoreCase) == true : format == "csv";
        var file = path is null ? null : new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read, bufferSize: 128 * 1024);
        var output = (Stream?)file ?? new BufferedStream(Console.OpenStandardOutput(), 128 * 1024);
        var writer = new ExportWriter(file, isCompressed ? new CompressionStream(output, leaveOpen: true) : output, isCsv);
        if (isCsv)
        {
            writer._output.Write(Encoding.UTF8.GetBytes(CsvHeader));
        }

        return writer;
    }

    /// <summary>Adds a line.</summary>
    public ValueTask AddAsync(StoredEvent stored, CancellationToken cancellationToken) =>
        _output.WriteAsync(_isCsv ? Csv(stored) : Json(stored), cancellationToken);

    /// <summary>All of it is written, and in a file safe.</summary>
    public async Task FinishAsync(CancellationToken cancellationToken)
    {
        await _output.FlushAsync(cancellationToken);
        _file?.Flush(flushToDisk: true);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _output.DisposeAsync();
        if (_file is not null)
        {
            await _file.DisposeAsync();
        }
    }

    private static byte[] Json(StoredEvent stored) => [.. JsonSerializer.SerializeToUtf8Bytes(stored, Wire.Json), (byte)'\n'];

    private static byte[] Csv(StoredEvent stored)
    {
        object?[] values =
        [
            stored.Id, stored.OrganizationId, stored.SessionId, stored.Seq, stored.MessageId, stored.TurnId, stored.CorrelationId,
            stored.Timestamp.ToString("O", CultureInfo.InvariantCulture), stored.ProcessingTimeMs, stored.Attempt, stored.EventType, stored.EventStatus,
            stored.ErrorType, stored.ErrorSeverity, stored.EventData?.GetRawText(), stored.Retention,
        ];
        return Encoding.UTF8.GetBytes(string.Join(',', values.Select(Field)) + "\n");
    }

    private static string Field(object? value)
    {
        var text = Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
        return text.AsSpan().ContainsAny("\",\r\n") ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
    }
}
