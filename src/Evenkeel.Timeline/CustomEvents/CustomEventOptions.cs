using System.ComponentModel.DataAnnotations;

namespace Evenkeel.Timeline.CustomEvents;

/// <summary>Settings under <c>Timeline:CustomEvents</c>.</summary>
public sealed class CustomEventOptions
{
    /// <summary>
    /// Events an organization may record a minute through one process, and at once after a pause. A hundred a second: far above what a program has to say,
    /// far below what would keep the turns' own events from being written.
    /// </summary>
    [Range(1, 10_000_000)]
    public int PerMinute { get; init; } = 6_000;

    /// <summary>Types an organization may register. They are all kept in memory.</summary>
    [Range(1, 10_000)]
    public int MaxTypes { get; init; } = 200;
}
