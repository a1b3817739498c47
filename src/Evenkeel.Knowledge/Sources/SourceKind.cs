namespace Evenkeel.Knowledge.Sources;

/// <summary>Values of <c>knowledge_sources.kind</c>.</summary>
internal static class SourceKind
{
    public const string Files = "files";
    public const string Web = "web";
    public const string Guide = "guide";
}

/// <summary>Values of <c>knowledge_sources.visibility</c>.</summary>
internal static class SourceVisibility
{
    public const string Public = "public";

    /// <summary>Only for members of the organization.</summary>
    public const string Private = "private";
}
