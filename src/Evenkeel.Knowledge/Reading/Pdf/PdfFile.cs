using System.Text.RegularExpressions;
using Evenkeel.Knowledge.Splitting;
using UglyToad.PdfPig;
using UglyToad.PdfPig.Exceptions;

namespace Evenkeel.Knowledge.Reading.Pdf;

/// <summary>PDF: pages of placed letters into headings, paragraphs, lists and tables with page numbers.</summary>
internal static partial class PdfFile
{
    private const int MostNesting = 128;

    public static DocumentStructure Read(DocumentFile file, ReadingLimits limits, CancellationToken cancellationToken)
    {
        try
        {
            using var document = PdfDocument.Open(file.Path, new ParsingOptions { UseLenientParsing = true, SkipMissingFonts = true, MaxStackDepth = MostNesting });
            return Read(document, limits, cancellationToken);
        }
        catch (PdfDocumentEncryptedException exception)
        {
            throw new ReadFailedException(KnowledgeReasons.Encrypted, exception);
        }
    }

    private static DocumentStructure Read(PdfDocument document, ReadingLimits limits, CancellationToken cancellationToken)
    {
        var pages = new List<PdfPage>(Math.Min(document.NumberOfPages, 10_000));
        var characters = 0L;
        for (var number = 1; number <= document.NumberOfPages; number++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var page = document.GetPage(number);
            var lines = PageLayout.Lines(TextRuns.Of(page.Letters), number);
            characters += lines.Sum(line => (long)line.Text.Length);
            limits.Check(characters);
            pages.Add(new PdfPage(lines, page.Height));
        }

        RunningLines.Remove(pages);
        var all = pages.SelectMany(page => page.Lines).ToList();
        var sizes = new FontSizes(all);
        var outline = new Outline(sizes.HasTitle);
        new PdfParagraphs(outline, sizes, all).Build();
        var structure = outline.Finish(document.NumberOfPages);
        return structure.Title is null && document.Information?.Title is { } title && !Meaningless().IsMatch(title) ? structure with { Title = title } : structure;
    }

    /// <summary>What programs write there when nobody gave a title.</summary>
    [GeneratedRegex(@"^\s*(untitled.*|microsoft (word|powerpoint) - .*|document\d*|.{0,2}|.*\.\w{2,5})\s*$", RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase)]
    private static partial Regex Meaningless();
}
