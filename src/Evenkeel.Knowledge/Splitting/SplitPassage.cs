using Evenkeel.Contracts.Knowledge;

namespace Evenkeel.Knowledge.Splitting;

/// <summary>A passage as cut from a document.</summary>
/// <param name="HeadingPath">Headings above it.</param>
/// <param name="Text">As written, or as Markdown where the format is another.</param>
/// <param name="Place">Where it begins in the original; null where the format has no places.</param>
internal sealed record SplitPassage(IReadOnlyList<string> HeadingPath, string Text, PassagePlace? Place = null);
