using System.ComponentModel.DataAnnotations;

namespace Evenkeel.Catalog.Import;

/// <summary>Section <c>Catalog:Import</c>: how large a file may be.</summary>
public sealed class CatalogueImportOptions
{
    private const long Mebi = 1024 * 1024;

    /// <summary>Largest file in mebibytes. A row of a catalogue has some hundred bytes: this is room for all that <see cref="MostRows"/> allows.</summary>
    [Range(1, 1_024)]
    public int MostMegabytes { get; init; } = 50;

    /// <summary>Most rows of a file, and most events that they repeat as. They are in memory at once, because all their places are asked for together.</summary>
    [Range(1, 2_000_000)]
    public int MostRows { get; init; } = 200_000;

    /// <summary>Events written in one transaction: enough that its round trips do not count, few enough that others do not wait for its locks.</summary>
    [Range(1, 10_000)]
    public int BatchRows { get; init; } = 1_000;

    /// <summary>Longest time for reading a file, in seconds, the writing aside. The largest good file needs a tenth; what was made to do harm ends here.</summary>
    [Range(1, 600)]
    public int ReadingSeconds { get; init; } = 60;

    internal long MostBytes => MostMegabytes * Mebi;

    internal TimeSpan ReadingTime => TimeSpan.FromSeconds(ReadingSeconds);
}
