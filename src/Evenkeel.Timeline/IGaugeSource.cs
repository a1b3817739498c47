namespace Evenkeel.Timeline;

/// <summary>
/// What a module can say about now, looked at every 15 seconds; analytics and alerts read it. A reading of a metric whose kind is <c>sum</c> is a count since
/// the start of the process, of which the growth is kept (only where <see cref="IsOfInstallation"/> is false).
/// </summary>
public interface IGaugeSource
{
    /// <summary>
    /// True: the reading is about the whole installation (such as the depth of the queue), and one process at a time takes it. False: about this process
    /// (such as its connections), every process takes its own, and they are added up.
    /// </summary>
    bool IsOfInstallation { get; }

    /// <summary>The readings now. A failure leaves a gap, nothing else.</summary>
    Task<IReadOnlyList<GaugeReading>> ReadAsync(CancellationToken cancellationToken);
}

/// <summary>One value at one moment.</summary>
/// <param name="Metric">Such as <c>queue_depth</c>; described by a <see cref="MetricDefinition"/>.</param>
/// <param name="Value">In the metric's unit.</param>
/// <param name="OrganizationId">Null = of the whole installation.</param>
/// <param name="Label">Value of the metric's label; empty when it has none.</param>
public readonly record struct GaugeReading(string Metric, double Value, Guid? OrganizationId = null, string Label = "");

/// <summary>What a metric is; declared once, as <c>services.AddSingleton(new MetricDefinition(…))</c>.</summary>
/// <param name="Metric">Its name.</param>
/// <param name="Unit">As in <see cref="Contracts.Operations.MetricDescription.Unit"/>.</param>
/// <param name="Kind">As in <see cref="Contracts.Operations.MetricDescription.Kind"/>.</param>
/// <param name="IsOfInstallation">Operators only.</param>
/// <param name="Labels">What it can be grouped by.</param>
public sealed record MetricDefinition(string Metric, string Unit, string Kind, bool IsOfInstallation, params IReadOnlyList<string> Labels)
{
    /// <inheritdoc cref="Contracts.Operations.MetricDescription.Behind"/>
    public string? Behind { get; init; }
}
