namespace Evenkeel.Knowledge.Reading;

/// <summary>What a file is, as far as its first bytes, its name and its media type tell.</summary>
internal enum FileFormat
{
    Text,
    Markdown,
    Delimited,
    Html,
    Pdf,

    /// <summary>A ZIP archive; which of the Office formats it is, its parts tell.</summary>
    Package,
}
