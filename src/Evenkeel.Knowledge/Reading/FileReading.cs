using Evenkeel.Knowledge.Reading.Html;
using Evenkeel.Knowledge.Reading.Office;
using Evenkeel.Knowledge.Reading.Pdf;
using Evenkeel.Knowledge.Reading.Texts;
using Evenkeel.Knowledge.Splitting;

namespace Evenkeel.Knowledge.Reading;

/// <summary>Reads a file in this process: small plain text in the server's, everything else in a reading process.</summary>
internal static class FileReading
{
    private const int MostTitleCharacters = 200;

    /// <summary>Reads and cuts.</summary>
    /// <exception cref="ReadFailedException">The file cannot be read.</exception>
    public static ReadDocument Read(DocumentFile file, ReadingLimits limits, CancellationToken cancellationToken)
    {
        var structure = ReadStructure(file, limits, cancellationToken);
        var passages = new List<SplitPassage>();
        foreach (var section in structure.Sections)
        {
            cancellationToken.ThrowIfCancellationRequested();
            passages.AddRange(PassageSplitter.Split([section]).Select(Clean).Where(passage => passage.Text.Length > 0));
            if (passages.Count > limits.MostPassages)
            {
                throw new ReadFailedException(KnowledgeReasons.TooManyPassages);
            }
        }

        return passages.Count > 0
            ? new ReadDocument { Title = Title(file, structure), Pages = structure.Pages, Passages = passages }
            : throw new ReadFailedException(structure.Pages is null ? KnowledgeReasons.Empty : KnowledgeReasons.NoText);
    }

    private static DocumentStructure ReadStructure(DocumentFile file, ReadingLimits limits, CancellationToken cancellationToken)
    {
        var format = FileFormats.Detect(file);
        try
        {
            return format switch
            {
                FileFormat.Markdown => MarkdownText.Read(Whole(file, limits)),
                FileFormat.Text => PlainText.Read(Whole(file, limits)),
                FileFormat.Delimited => DelimitedFile.Read(file, limits, cancellationToken),
                FileFormat.Html => HtmlFile.Read(file, limits, cancellationToken),
                FileFormat.Pdf => PdfFile.Read(file, limits, cancellationToken),
                FileFormat.Package => PackageFile.Read(file, limits, cancellationToken),
                _ => throw new ReadFailedException(KnowledgeReasons.UnsupportedType),
            };
        }
        catch (Exception exception) when (exception is not (ReadFailedException or OperationCanceledException or OutOfMemoryException))
        {
            // Parsers of foreign formats throw whatever they stumble over; that a file makes one stumble is what "damaged" means.
            throw new ReadFailedException(KnowledgeReasons.Corrupt, exception);
        }
    }

    private static string Whole(DocumentFile file, ReadingLimits limits)
    {
        var text = TextCodec.Decode(File.ReadAllBytes(file.Path), Charset.Of(file.MediaType));
        limits.Check(text.Length);
        return text;
    }

    private static SplitPassage Clean(SplitPassage passage) => passage with
    {
        HeadingPath = [.. passage.HeadingPath.Select(heading => CleanText.Clip(CleanText.Line(heading), MostTitleCharacters)).Where(heading => heading.Length > 0)],
        Text = CleanText.Of(passage.Text),
    };

    private static string Title(DocumentFile file, DocumentStructure structure)
    {
        string?[] candidates = [file.Title, structure.Title, Path.GetFileNameWithoutExtension(file.FileName), file.FileName, "–"];
        return CleanText.Clip(candidates.Select(title => CleanText.Line(title ?? "")).First(title => title.Length > 0), MostTitleCharacters);
    }
}
