namespace Evenkeel.Timeline.Analytics.Series;

/// <summary>Which numbers.</summary>
internal sealed record PointQuery
{
    public required MetricDefinition Metric { get; init; }

    /// <summary>One organization's; null = every organization's, each by itself.</summary>
    public Guid? OrganizationId { get; init; }

    /// <summary>The installation: all organizations added up, under the id <c>00000000-…</c>.</summary>
    public bool AddsOrganizationsUp { get; init; }

    public IReadOnlyList<MetricFilter> Filters { get; init; } = [];

    /// <summary>Read what does not fit the filter as well, and tell which does.</summary>
    public bool WithTheRest { get; init; }

    public string? GroupBy { get; init; }

    public required DateTimeOffset From { get; init; }

    /// <summary>Not included.</summary>
    public required DateTimeOffset To { get; init; }

    /// <summary>One of <see cref="Analytics.Resolution"/>.</summary>
    public required int Resolution { get; init; }

    /// <summary>A multiple of the resolution.</summary>
    public required int StepSeconds { get; init; }

    /// <summary>More are not read: a bound on memory where it cannot be known before.</summary>
    public int MostRows { get; init; } = 2_000_000;
}

/// <summary>Numbers of one step: of a distribution those of one bucket.</summary>
internal sealed record PointRow
{
    public Guid OrganizationId { get; init; }
    public DateTimeOffset At { get; init; }
    public string Group { get; init; } = "";
    public bool Fits { get; init; } = true;
    public short Bucket { get; init; }
    public long Count { get; init; }
    public double Sum { get; init; }
    public double Least { get; init; }
    public double Greatest { get; init; }
    public double? Last { get; init; }
}
