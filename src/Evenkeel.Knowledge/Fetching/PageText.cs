using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace Evenkeel.Knowledge.Fetching;

/// <summary>
/// What the header says of a text's encoding is no part of the file. So that it can be read later from the file alone, a text of which the header
/// names another encoding than UTF-8 is stored as UTF-8 with a byte order mark, which goes before what the page says of itself.
/// </summary>
internal sealed class PageText
{
    private const int BufferCharacters = 32 * 1024;

    /// <summary>The page as it is to be stored: itself, or one in its place.</summary>
    public async Task<FetchedPage> StoredAsync(FetchedPage page, CancellationToken cancellationToken)
    {
        var isText = page.MediaType?.StartsWith("text/", StringComparison.Ordinal) == true || page.MediaType == "application/xhtml+xml";
        return isText && PageEncoding.Of(page.Charset) is { } encoding && encoding.CodePage != Encoding.UTF8.CodePage
            ? await ToUtf8Async(page, encoding, cancellationToken)
            : page;
    }

    private static async Task<FetchedPage> ToUtf8Async(FetchedPage page, Encoding encoding, CancellationToken cancellationToken)
    {
        var path = page.Path + "-utf8";
        try
        {
            await CopyAsync(page.Path!, path, encoding, cancellationToken);
            await using var stored = File.OpenRead(path);
            var hash = await SHA256.HashDataAsync(stored, cancellationToken);
            page.Dispose();
            return page with { Path = path, Bytes = stored.Length, Hash = hash, Charset = "utf-8" };
        }
        catch (Exception)
        {
            File.Delete(path);
            throw;
        }
    }

    private static async Task CopyAsync(string from, string to, Encoding encoding, CancellationToken cancellationToken)
    {
        using var reader = new StreamReader(from, encoding, detectEncodingFromByteOrderMarks: true);
        await using var writer = new StreamWriter(to, append: false, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true));
        var buffer = ArrayPool<char>.Shared.Rent(BufferCharacters);
        try
        {
            while (await reader.ReadAsync(buffer.AsMemory(), cancellationToken) is var read and > 0)
            {
                await writer.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
            }
        }
        finally
        {
            ArrayPool<char>.Shared.Return(buffer);
        }
    }
}
