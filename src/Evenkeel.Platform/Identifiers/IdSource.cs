namespace Evenkeel.Platform.Identifiers;

/// <summary>The one maker of ids: UUIDv7, so that rows of one table lie in the order they were made.</summary>
public class IdSource(TimeProvider time)
{
    /// <summary>A new id; later ids of one process are not smaller within a millisecond's accuracy.</summary>
#pragma warning disable RS0030 // this is the one place where ids are made
    public virtual Guid Next() => Guid.CreateVersion7(time.GetUtcNow());
#pragma warning restore RS0030

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
