using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json;

namespace Evenkeel.Knowledge.Reading.Isolation;

/// <summary>The reading process: one request from standard input, one answer to standard output, then the end.</summary>
public static class ReadingProgram
{
    /// <summary>The verb that starts it.</summary>
    public const string Verb = "read-document";

    /// <summary>Exit code for memory that ran out while no answer could be written any more.</summary>
    internal const int OutOfMemory = 12;
    private const int Orphaned = 13;

    /// <summary>Documents nest, and readers of nested things recurse.</summary>
    private const int StackBytes = 64 * 1024 * 1024;

    /// <summary>Reads the document that standard input names.</summary>
    /// <returns>The exit code: 0 when an answer was written, also one that says why the file cannot be read.</returns>
    public static int Run()
    {
        YieldToOthers();
        using var input = new StreamReader(Console.OpenStandardInput());
        var request = JsonSerializer.Deserialize(input.ReadLine() ?? "", ReadingJson.Default.ReadingRequest)!;
        EndWithParent(input);
        var code = OutOfMemory;
        var reading = new Thread(() => code = Answer(request), StackBytes);
        reading.Start();
        reading.Join();
        return code;
    }

    private static int Answer(ReadingRequest request)
    {
        try
        {
            using var output = Console.OpenStandardOutput();
            JsonSerializer.Serialize(output, Read(request), ReadingJson.Default.ReadingAnswer);
            return 0;
        }
        catch (OutOfMemoryException)
        {
            return OutOfMemory;
        }
    }

    private static ReadingAnswer Read(ReadingRequest request)
    {
        try
        {
            return new ReadingAnswer { Document = FileReading.Read(request.File, request.Limits, CancellationToken.None) };
        }
        catch (ReadFailedException exception)
        {
            return new ReadingAnswer { ReasonCode = exception.ReasonCode };
        }
    }

    /// <summary>Threads inherit it, so it comes first: a turn that needs the processor comes before any document.</summary>
    private static void YieldToOthers()
    {
        try
        {
            using var self = Process.GetCurrentProcess();
            self.PriorityClass = ProcessPriorityClass.BelowNormal;
        }
        catch (Win32Exception)
        {
            // Not permitted here: the limits on time and memory still hold.
        }
    }

    /// <summary>Standard input stays open as long as the server lives and wants the answer.</summary>
    private static void EndWithParent(StreamReader input) => new Thread(() =>
    {
        while (input.Read() >= 0)
        {
        }

        Environment.Exit(Orphaned);
    }) { IsBackground = true }.Start();
}
