using Evenkeel.Knowledge.Reading.Isolation;
using Microsoft.Extensions.Options;

namespace Evenkeel.Knowledge.Reading;

/// <summary>Reads small plain text here, and everything that takes a parser of a foreign format, or long, in a process that can be ended.</summary>
internal sealed class DocumentReader(IOptions<KnowledgeReadingOptions> options, ReadingProcess process) : IDocumentReader
{
    /// <summary>What is smaller is read in well under a second whatever is in it, which costs less than a process.</summary>
    private const long MostBytesHere = 2 * 1024 * 1024;

    public async Task<ReadDocument> ReadAsync(DocumentFile file, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return FileFormats.Detect(file) is FileFormat.Text or FileFormat.Markdown or FileFormat.Delimited && file.Bytes <= MostBytesHere
            ? FileReading.Read(file, options.Value.Limits, cancellationToken)
            : await process.ReadAsync(file, cancellationToken);
    }
}
