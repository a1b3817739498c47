using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Evenkeel.Knowledge.Reading.Isolation;

/// <summary>
/// Reads a document in a process of its own, which may hang, crash or eat memory as it likes: it is ended at its limits, and with the one who
/// waits for it.
/// </summary>
internal sealed partial class ReadingProcess(IOptions<KnowledgeReadingOptions> options, TimeProvider time, ILogger<ReadingProcess> logger)
{
    /// <summary>Memory can be claimed at a gigabyte a second; the heap's own limit, which needs no watching, is below.</summary>
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(50);

    /// <summary>The most memory that any of the processes had when it was looked at, in bytes.</summary>
    internal long PeakBytes { get; private set; }

    /// <summary>Reads.</summary>
    /// <exception cref="ReadFailedException">The file cannot be read within the limits.</exception>
    public async Task<ReadDocument> ReadAsync(DocumentFile file, CancellationToken cancellationToken)
    {
        using var process = new Process { StartInfo = ReadingCommand.Describe(options.Value.MemoryBytes) };
        process.Start();
        using var timeLimit = new CancellationTokenSource(options.Value.Time, time);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeLimit.Token);
        try
        {
            return await AskAsync(process, file, ending);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new ReadFailedException(timeLimit.IsCancellationRequested ? KnowledgeReasons.TimeLimit : KnowledgeReasons.MemoryLimit);
        }
        finally
        {
            await ending.CancelAsync();
            await EndAsync(process);
        }
    }

    private async Task<ReadDocument> AskAsync(Process process, DocumentFile file, CancellationTokenSource ending)
    {
        YieldToOthers(process);
        var watch = WatchMemoryAsync(process, ending);
        var errors = BoundedOutput.ReadBeginningAsync(process.StandardError.BaseStream, ending.Token);
        await SendAsync(process, new ReadingRequest(file, options.Value.Limits), ending.Token);
        var answer = await BoundedOutput.ReadAsync(process.StandardOutput.BaseStream, ending.Token);
        await process.WaitForExitAsync(ending.Token);
        var complaint = await errors;
        await ending.CancelAsync();
        await watch;
        return process.ExitCode == 0 ? Open(answer) : throw Crashed(process.ExitCode, complaint);
    }

    private static async Task SendAsync(Process process, ReadingRequest request, CancellationToken cancellationToken)
    {
        try
        {
            // It stays open: its end tells the process that nobody waits any more.
            await JsonSerializer.SerializeAsync(process.StandardInput.BaseStream, request, ReadingJson.Default.ReadingRequest, cancellationToken);
            await process.StandardInput.BaseStream.WriteAsync("\n"u8.ToArray(), cancellationToken);
            await process.StandardInput.BaseStream.FlushAsync(cancellationToken);
        }
        catch (IOException)
        {
            // It ended before it was asked; its exit code says the rest.
        }
    }

    private static ReadDocument Open(byte[] answer)
    {
        var read = JsonSerializer.Deserialize(answer, ReadingJson.Default.ReadingAnswer);
        return read?.Document ?? throw new ReadFailedException(read?.ReasonCode ?? KnowledgeReasons.Corrupt);
    }

    private ReadFailedException Crashed(int exitCode, string complaint)
    {
        Log.Crashed(logger, exitCode);
        var isMemory = exitCode == ReadingProgram.OutOfMemory || complaint.Contains("OutOfMemory", StringComparison.Ordinal) || complaint.Contains("Out of memory", StringComparison.Ordinal);
        return new ReadFailedException(isMemory ? KnowledgeReasons.MemoryLimit : KnowledgeReasons.Corrupt);
    }

    private async Task WatchMemoryAsync(Process process, CancellationTokenSource ending)
    {
        try
        {
            while (!process.HasExited)
            {
                process.Refresh();
                var used = process.WorkingSet64;
                PeakBytes = Math.Max(PeakBytes, used);
                if (used > options.Value.MemoryBytes)
                {
                    await ending.CancelAsync();
                }

                await Task.Delay(BetweenLooks, time, ending.Token);
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or InvalidOperationException)
        {
            // It is over, one way or the other.
        }
    }

    private static void YieldToOthers(Process process)
    {
        try
        {
            // Also from here: before its own threads exist, which would not follow a later change.
            process.PriorityClass = ProcessPriorityClass.BelowNormal;
        }
        catch (Exception exception) when (exception is Win32Exception or InvalidOperationException)
        {
            // Gone already, or not permitted: the limits hold all the same.
        }
    }

    private static async Task EndAsync(Process process)
    {
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // It has ended by itself.
        }

        await process.WaitForExitAsync(CancellationToken.None);
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "A reading process ended with exit code {ExitCode}; its document is taken for damaged or too large.")]
        public static partial void Crashed(ILogger logger, int exitCode);
    }
}
