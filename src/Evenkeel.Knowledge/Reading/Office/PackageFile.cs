using DocumentFormat.OpenXml.Packaging;
using Evenkeel.Knowledge.Splitting;

namespace Evenkeel.Knowledge.Reading.Office;

/// <summary>A ZIP archive: which of the Office formats it is, its parts tell; the name must agree.</summary>
internal static class PackageFile
{
    private static readonly OpenSettings Settings = new() { AutoSave = false };

    public static DocumentStructure Read(DocumentFile file, ReadingLimits limits, CancellationToken cancellationToken)
    {
        using var stream = new FileStream(file.Path, FileMode.Open, FileAccess.Read, FileShare.Read);
        var parts = PackageCheck.Run(stream, limits, cancellationToken);
        stream.Position = 0;
        var extension = Path.GetExtension(file.FileName).ToUpperInvariant();
        if (parts.Contains("word/document.xml"))
        {
            Agree(extension, ".DOC");
            using var document = WordprocessingDocument.Open(stream, isEditable: false, Settings);
            return new Word.WordFile(document, limits, cancellationToken).Read();
        }

        if (parts.Contains("ppt/presentation.xml"))
        {
            Agree(extension, ".PPT");
            using var document = PresentationDocument.Open(stream, isEditable: false, Settings);
            return new Slides.SlidesFile(document, limits, cancellationToken).Read();
        }

        if (parts.Contains("xl/workbook.xml"))
        {
            Agree(extension, ".XLS");
            using var document = SpreadsheetDocument.Open(stream, isEditable: false, Settings);
            return new Sheets.SheetsFile(document, limits, cancellationToken).Read();
        }

        throw new ReadFailedException(IsOffice(extension) ? KnowledgeReasons.WrongType : KnowledgeReasons.UnsupportedType);
    }

    private static void Agree(string extension, string beginning)
    {
        if (IsOffice(extension) && !extension.StartsWith(beginning, StringComparison.Ordinal))
        {
            throw new ReadFailedException(KnowledgeReasons.WrongType);
        }
    }

    private static bool IsOffice(string extension) =>
        extension.StartsWith(".DOC", StringComparison.Ordinal) || extension.StartsWith(".PPT", StringComparison.Ordinal) || extension.StartsWith(".XLS", StringComparison.Ordinal);
}
