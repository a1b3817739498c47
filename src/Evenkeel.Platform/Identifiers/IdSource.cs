using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Evenkeel.Platform.Identifiers;

/// <summary>The one maker of ids: UUIDv7, so that rows of one table lie in the order they were made.</summary>
public class IdSource(TimeProvider time)
{
    // Behind the milliseconds, with version and variant among them.
    private const int RandomBytes = 10;

    /// <summary>A new id; later ids of one process are not smaller within a millisecond's accuracy.</summary>
#pragma warning disable RS0030 // this is the one place where ids are made
    public virtual Guid Next() => Guid.CreateVersion7(time.GetUtcNow());
#pragma warning restore RS0030

    /// <summary>Many ids at once, in order: their randomness is asked for together, which is most of what an id costs.</summary>
    public virtual Guid[] Next(int count)
    {
        var ids = new Guid[count];
        var milliseconds = time.GetUtcNow().ToUnixTimeMilliseconds();
        var random = RandomNumberGenerator.GetBytes(count * RandomBytes);
        Span<byte> bytes = stackalloc byte[16];
        for (var index = 0; index < count; index++)
        {
            random.AsSpan(index * RandomBytes, RandomBytes).CopyTo(bytes[6..]);
            BinaryPrimitives.WriteInt64BigEndian(bytes, (milliseconds << 16) | BinaryPrimitives.ReadUInt16BigEndian(bytes[6..]));
            bytes[6] = (byte)(0x70 | (bytes[6] & 0x0f));
            bytes[8] = (byte)(0x80 | (bytes[8] & 0x3f));
            ids[index] = new Guid(bytes, bigEndian: true);
        }

        return ids;
    }

    /// <summary>The smallest id of a moment: a UUIDv7 begins with the milliseconds since 1970 (RFC 9562, 5.7).</summary>
    public static Guid Smallest(DateTimeOffset moment)
    {
        Span<byte> bytes = stackalloc byte[16];
        var milliseconds = moment.ToUnixTimeMilliseconds();
        for (var index = 0; index < 6; index++)
        {
            bytes[index] = (byte)(milliseconds >> (8 * (5 - index)));
        }

        return new Guid(bytes, bigEndian: true);
    }
}
