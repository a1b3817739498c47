namespace Evenkeel.Timeline.Analytics;

/// <summary>All metrics by name; of two of the same name, the first.</summary>
internal sealed class MetricRegistry(IEnumerable<MetricDefinition> definitions)
{
    private readonly Dictionary<string, MetricDefinition> _byName =
        definitions.DistinctBy(definition => definition.Metric).ToDictionary(definition => definition.Metric, StringComparer.Ordinal);

    public IReadOnlyCollection<MetricDefinition> All => _byName.Values;

    public MetricDefinition? Find(string metric) => _byName.GetValueOrDefault(metric);
}
