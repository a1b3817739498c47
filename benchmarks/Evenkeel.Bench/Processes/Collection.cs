using System.Net.Sockets;
using System.Text;

namespace Evenkeel.Bench.Processes;

/// <summary>
/// Makes another .NET process collect its garbage, through the runtime's diagnostic port: memory that is merely not collected yet would
/// drown what a connection costs. (dotnet/diagnostics, documentation/design-docs/ipc-protocol.md.)
/// </summary>
internal static class Collection
{
    private const ulong CollectHeap = 0x800000;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>Asks for a full collection and waits a moment for it.</summary>
    public static async Task ForceAsync(int processId)
    {
        var port = Directory.EnumerateFiles(Path.GetTempPath(), $"dotnet-diagnostic-{processId}-*-socket").FirstOrDefault()
            ?? throw new BenchmarkException($"Process {processId} has no diagnostic port in {Path.GetTempPath()}.");
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(new UnixDomainSocketEndPoint(port));
        await socket.SendAsync(CollectTracing());
        using var deadline = new CancellationTokenSource(Patience);
        var buffer = new byte[64 * 1024];
        try
        {
            // The runtime collects when the provider is switched on; what it then traces is of no interest.
            while (await socket.ReceiveAsync(buffer.AsMemory(), deadline.Token) > 0)
            {
            }
        }
        catch (OperationCanceledException)
        {
            // Closing the connection ends the session.
        }
    }

    private static byte[] CollectTracing()
    {
        using var payload = new MemoryStream();
        using var writer = new BinaryWriter(payload, Encoding.Unicode);
        writer.Write(16u); // buffer, MB
        writer.Write(1u); // format: nettrace
        writer.Write((byte)0); // no rundown
        writer.Write(1u); // providers
        writer.Write(CollectHeap);
        writer.Write(5u); // level: verbose
        WriteText(writer, "Microsoft-Windows-DotNETRuntime");
        writer.Write(0u); // no arguments
        writer.Flush();
        using var message = new MemoryStream();
        message.Write("DOTNET_IPC_V1\0"u8);
        message.Write(BitConverter.GetBytes((ushort)(20 + payload.Length)));
        message.Write([0x02, 0x03, 0, 0]); // EventPipe, CollectTracing2
        message.Write(payload.ToArray());
        return message.ToArray();
    }

    private static void WriteText(BinaryWriter writer, string text)
    {
        writer.Write((uint)(text.Length + 1));
        writer.Write(Encoding.Unicode.GetBytes(text + "\0"));
    }
}
