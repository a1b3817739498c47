using Evenkeel.Knowledge.Reading.Texts;

namespace Evenkeel.Knowledge.Reading;

/// <summary>
/// Finds out what a file is: the content decides, the name must not contradict it, and the media type helps where text has no telling name.
/// Reads only the beginning, and unpacks nothing.
/// </summary>
internal static class FileFormats
{
    private const int HeadBytes = 64 * 1024;

    private static readonly Dictionary<string, FileFormat> Extensions = new(StringComparer.OrdinalIgnoreCase)
    {
        [".txt"] = FileFormat.Text, [".text"] = FileFormat.Text, [".log"] = FileFormat.Text,
        [".md"] = FileFormat.Markdown, [".markdown"] = FileFormat.Markdown,
        [".csv"] = FileFormat.Delimited, [".tsv"] = FileFormat.Delimited, [".tab"] = FileFormat.Delimited,
        [".html"] = FileFormat.Html, [".htm"] = FileFormat.Html, [".xhtml"] = FileFormat.Html,
        [".pdf"] = FileFormat.Pdf,
        [".docx"] = FileFormat.Package, [".docm"] = FileFormat.Package, [".pptx"] = FileFormat.Package, [".pptm"] = FileFormat.Package,
        [".xlsx"] = FileFormat.Package, [".xlsm"] = FileFormat.Package,
    };

    private static readonly Dictionary<string, FileFormat> MediaTypes = new(StringComparer.OrdinalIgnoreCase)
    {
        ["text/plain"] = FileFormat.Text, ["text/markdown"] = FileFormat.Markdown, ["text/csv"] = FileFormat.Delimited,
        ["text/tab-separated-values"] = FileFormat.Delimited, ["text/html"] = FileFormat.Html, ["application/xhtml+xml"] = FileFormat.Html,
    };

    /// <summary>The format.</summary>
    /// <exception cref="ReadFailedException"><c>empty</c>, <c>wrong_type</c>, <c>unsupported_type</c>, <c>encrypted</c>, <c>corrupt</c> or <c>not_text</c>.</exception>
    public static FileFormat Detect(DocumentFile file)
    {
        using var stream = new FileStream(file.Path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1);
        var buffer = new byte[HeadBytes];
        var head = buffer.AsSpan(0, stream.ReadAtLeast(buffer, HeadBytes, throwOnEndOfStream: false));
        if (head.Length == 0)
        {
            throw new ReadFailedException(KnowledgeReasons.Empty);
        }

        var named = Named(file.FileName);
        return MagicBytes.Of(head) switch
        {
            Magic.Pdf => Agree(FileFormat.Pdf, named),
            Magic.Zip => Agree(FileFormat.Package, named),
            Magic.Compound => throw new ReadFailedException(CompoundFile.IsEncryptedPackage(stream, head) ? KnowledgeReasons.Encrypted : KnowledgeReasons.UnsupportedType),
            Magic.Foreign => throw new ReadFailedException(named is null ? KnowledgeReasons.UnsupportedType : KnowledgeReasons.WrongType),
            Magic.Html => Agree(FileFormat.Html, named),
            _ => TextCodec.IsText(head) ? OfText(file, named) : throw new ReadFailedException(WhenBinary(named)),
        };
    }

    /// <summary>What the name says; null for an extension that says nothing here.</summary>
    private static FileFormat? Named(string fileName) =>
        Extensions.TryGetValue(Path.GetExtension(fileName), out var format) ? format : null;

    private static FileFormat Agree(FileFormat content, FileFormat? named) =>
        named is null || named == content ? content : throw new ReadFailedException(KnowledgeReasons.WrongType);

    private static FileFormat OfText(DocumentFile file, FileFormat? named) => named switch
    {
        FileFormat.Pdf or FileFormat.Package => throw new ReadFailedException(KnowledgeReasons.WrongType),
        { } text => text,
        null when MediaTypes.TryGetValue(Bare(file.MediaType), out var format) => format,
        null when Path.GetExtension(file.FileName).Length == 0 && string.IsNullOrEmpty(file.MediaType) => FileFormat.Text,
        null => throw new ReadFailedException(KnowledgeReasons.UnsupportedType),
    };

    private static string WhenBinary(FileFormat? named) => named switch
    {
        null => KnowledgeReasons.UnsupportedType,
        FileFormat.Pdf or FileFormat.Package => KnowledgeReasons.Corrupt,
        _ => KnowledgeReasons.NotText,
    };

    private static string Bare(string? mediaType) => (mediaType ?? "").Split(';', 2)[0].Trim();
}
