using System.ComponentModel.DataAnnotations;

namespace Evenkeel.Knowledge.Reading;

/// <summary>The configuration section "Knowledge:Reading": what reading one document may take.</summary>
public sealed class KnowledgeReadingOptions
{
    private const long Mebi = 1024 * 1024;

    /// <summary>
    /// Seconds for one document, after which it fails with <c>time_limit</c>. A 300-page PDF takes a few; a minute is what an unusually long
    /// one needs on a busy machine.
    /// </summary>
    [Range(0.05, 3600)]
    public double Seconds { get; init; } = 60;

    /// <summary>
    /// Megabytes (MiB) of memory for the process that reads a document; over it the document fails with <c>memory_limit</c>. The largest
    /// document that is accepted fits several times, and so few are read at once that the server stays small.
    /// </summary>
    [Range(96, 16_384)]
    public int MemoryMegabytes { get; init; } = 512;

    /// <summary>Most passages of one document; over it fails with <c>too_many_passages</c>. 20,000 passages are a work of some 10,000 pages.</summary>
    [Range(1, 1_000_000)]
    public int MostPassages { get; init; } = 20_000;

    /// <summary>
    /// Megabytes (MiB) the parts of a DOCX, PPTX or XLSX may unpack to together; over it fails with <c>expands</c>. Office documents of the
    /// accepted size unpack to a tenth of it; what was made to do harm to gigabytes.
    /// </summary>
    [Range(1, 16_384)]
    public int ExpandedMegabytes { get; init; } = 256;

    internal TimeSpan Time => TimeSpan.FromSeconds(Seconds);

    internal long MemoryBytes => MemoryMegabytes * Mebi;

    internal ReadingLimits Limits => new(MostPassages, ExpandedMegabytes * Mebi);
}

/// <summary>The limits that a reader itself keeps; time and memory are kept from outside.</summary>
/// <param name="MostPassages">Passages of one document.</param>
/// <param name="ExpandedBytes">Bytes a package may unpack to.</param>
internal sealed record ReadingLimits(int MostPassages, long ExpandedBytes)
{
    /// <summary>The longest text of a passage whose words are long; more text than this for each passage is more passages.</summary>
    private const int MostPassageCharacters = 2_800;

    /// <summary>Ends reading early when there is already more text than passages can hold.</summary>
    public void Check(long characters)
    {
        if (characters > (long)MostPassages * MostPassageCharacters)
        {
            throw new ReadFailedException(KnowledgeReasons.TooManyPassages);
        }
    }
}
