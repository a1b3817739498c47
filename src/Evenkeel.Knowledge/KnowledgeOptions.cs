using System.ComponentModel.DataAnnotations;

namespace Evenkeel.Knowledge;

/// <summary>Settings under <c>Knowledge</c>.</summary>
public sealed class KnowledgeOptions
{
    /// <summary>Largest file in megabytes. Larger ones become failed documents that say so; what is larger is rarely text.</summary>
    [Range(1, 2_000)]
    public int MostFileMegabytes { get; init; } = 50;

    internal long MostFileBytes => MostFileMegabytes * 1024L * 1024L;
}
