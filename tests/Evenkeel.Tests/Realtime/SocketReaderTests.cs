using System.Buffers.Binary;
using System.Text;
using Evenkeel.Realtime.Connections;
using Evenkeel.Realtime.Sockets;
using Shouldly;
using Xunit;

namespace Evenkeel.Tests.Realtime;

public sealed class SocketReaderTests
{
    private const int Limit = 64 * 1024;

    [Fact]
    public async Task Messages_arrive_whole_however_the_bytes_are_cut()
    {
        var random = new Random(7);
        var sent = new List<string>();
        var bytes = new List<byte>();
        for (var number = 0; number < 300; number++)
        {
            var text = string.Concat(Enumerable.Repeat("é漢x", random.Next(0, number % 50 == 0 ? 9_000 : 60)));
            sent.Add(text);
            AddFragmented(bytes, Encoding.UTF8.GetBytes(text), random);
        }

        var reader = new SocketReader(new ChoppedStream([.. bytes], random), Limit);
        var received = new List<string>();
        var pings = 0;
        while (await reader.ReadAsync(CancellationToken.None) is var message && message.Kind != Incoming.End)
        {
            if (message.Kind == Incoming.Ping)
            {
                Encoding.UTF8.GetString(message.Payload.Span).ShouldBe("are you there");
                pings++;
                continue;
            }

            message.Kind.ShouldBe(Incoming.Text);
            received.Add(Encoding.UTF8.GetString(message.Payload.Span));
        }

        received.ShouldBe(sent);
        pings.ShouldBeGreaterThan(0);
    }

    [Theory]
    [InlineData("81 00", "not masked")]
    [InlineData("C1 80 00000000", "reserved bit")]
    [InlineData("80 80 00000000", "continuation of nothing")]
    [InlineData("01 80 00000000 81 80 00000000", "new message inside another")]
    [InlineData("09 80 00000000", "fragmented control frame")]
    [InlineData("89 FE 007E 00000000", "long control frame")]
    [InlineData("83 80 00000000", "unknown opcode")]
    [InlineData("88 81 00000000 03", "close of one byte")]
    [InlineData("88 82 00000000 03ED", "close code that must not be sent")]
    public async Task Broken_rules_of_the_protocol_close_with_1002(string hex, string rule)
    {
        var message = await ReadLastAsync(Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal)));

        message.Violation.ShouldBe(CloseReason.BrokenProtocol, rule);
    }

    [Theory]
    [InlineData("FF FFFFFFFFFFFFFFFF 00000000")]
    [InlineData("FF 0000000000010001 00000000")]
    public async Task A_length_is_judged_before_its_bytes_come(string hex)
    {
        var message = await ReadLastAsync(Convert.FromHexString("81" + hex.Replace(" ", "", StringComparison.Ordinal)));

        message.Violation.ShouldBe(CloseReason.FrameTooLarge);
    }

    [Fact]
    public async Task Fragments_together_may_not_be_larger_than_one_message()
    {
        var bytes = new List<byte>();
        AddFrame(bytes, 0x01, new byte[40_000]);
        AddFrame(bytes, 0x80, new byte[40_000]);

        (await ReadLastAsync([.. bytes])).Violation.ShouldBe(CloseReason.FrameTooLarge);
    }

    [Fact]
    public async Task A_close_gives_its_code_back()
    {
        var bytes = new List<byte>();
        AddFrame(bytes, 0x88, [0x03, 0xE8, (byte)'b', (byte)'y', (byte)'e']);
        var message = await ReadLastAsync([.. bytes]);

        message.Kind.ShouldBe(Incoming.Close);
        BinaryPrimitives.ReadUInt16BigEndian(message.Payload.Span).ShouldBe((ushort)1000);
    }

    private static async Task<SocketMessage> ReadLastAsync(byte[] bytes) =>
        await new SocketReader(new ChoppedStream(bytes, new Random(1)), Limit).ReadAsync(CancellationToken.None);

    private static void AddFragmented(List<byte> target, byte[] payload, Random random)
    {
        var from = 0;
        byte opcode = 0x01;
        while (random.Next(3) == 0 && from < payload.Length)
        {
            var length = random.Next(payload.Length - from);
            AddFrame(target, opcode, payload[from..(from + length)]);
            if (random.Next(2) == 0)
            {
                AddFrame(target, 0x89, "are you there"u8.ToArray());
            }

            (from, opcode) = (from + length, 0x00);
        }

        AddFrame(target, (byte)(0x80 | opcode), payload[from..]);
    }

    private static void AddFrame(List<byte> target, byte first, byte[] payload)
    {
        byte[] key = [0x12, 0x34, 0x56, 0x78];
        target.Add(first);
        if (payload.Length < 126)
        {
            target.Add((byte)(0x80 | payload.Length));
        }
        else
        {
            target.Add(0x80 | 126);
            target.AddRange([(byte)(payload.Length >> 8), (byte)payload.Length]);
        }

        target.AddRange(key);
        target.AddRange(payload.Select((value, index) => (byte)(value ^ key[index & 3])));
    }

    /// <summary>Gives a few bytes at a time, as networks do.</summary>
    private sealed class ChoppedStream(byte[] bytes, Random random) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            new(buffer.Length == 0 ? 0 : Read(buffer.Span[..Math.Min(buffer.Length, random.Next(1, 700))]));

    }
}
