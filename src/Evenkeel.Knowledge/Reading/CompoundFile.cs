using System.Buffers.Binary;
using System.Text;

namespace Evenkeel.Knowledge.Reading;

/// <summary>
/// The compound file format (MS-CFB): holds old binary Office files, and new ones that are protected by a password. Only its directory is
/// looked at.
/// </summary>
internal static class CompoundFile
{
    private const int SectorShiftAt = 0x1E;
    private const int DirectorySectorAt = 0x30;
    private const int HeaderBytes = 0x200;

    private static readonly byte[] EncryptedPackage = Encoding.Unicode.GetBytes("EncryptedPackage");

    public static ReadOnlySpan<byte> Signature => [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];

    /// <summary>Holds an encrypted Office document (MS-OFFCRYPTO 2.3.4.4) rather than an old one.</summary>
    public static bool IsEncryptedPackage(Stream file, ReadOnlySpan<byte> head)
    {
        if (head.IndexOf(EncryptedPackage) >= 0)
        {
            return true;
        }

        if (head.Length < HeaderBytes)
        {
            return false;
        }

        var shift = BinaryPrimitives.ReadUInt16LittleEndian(head[SectorShiftAt..]);
        var offset = ((long)BinaryPrimitives.ReadUInt32LittleEndian(head[DirectorySectorAt..]) + 1) << (shift is 9 or 12 ? shift : 9);
        if (offset >= file.Length)
        {
            return false;
        }

        var directory = new byte[4096];
        file.Position = offset;
        var read = file.ReadAtLeast(directory, directory.Length, throwOnEndOfStream: false);
        return directory.AsSpan(0, read).IndexOf(EncryptedPackage) >= 0;
    }
}
