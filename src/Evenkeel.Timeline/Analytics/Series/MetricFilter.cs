using Dapper;
using Evenkeel.Platform.Errors;

namespace Evenkeel.Timeline.Analytics.Series;

/// <summary>A label and the value it must have; <c>*</c> at the end fits every ending, <c>!</c> at the beginning all others.</summary>
internal readonly record struct MetricFilter(string Label, string Value)
{
    private const int MostFilters = 10;

    /// <summary>A condition on rows of <c>metric_points</c>, its values added to <paramref name="args"/>.</summary>
    /// <param name="filters">All of them must fit.</param>
    /// <param name="args">Where the values go.</param>
    /// <param name="valueOf">What holds the value of a label in rows of another table.</param>
    public static string Sql(IReadOnlyList<MetricFilter> filters, DynamicParameters args, Func<string, string>? valueOf = null)
    {
        var conditions = filters.Select((filter, index) =>
        {
            args.Add($"label{index}", filter.Label);
            return filter.Condition(args, index, valueOf?.Invoke(filter.Label) ?? $"labels ->> @label{index}");
        });
        return filters.Count == 0 ? "true" : string.Join(" AND ", conditions);
    }

    private string Condition(DynamicParameters args, int index, string labelled)
    {
        var isNot = Value.StartsWith('!');
        var value = isNot ? Value[1..] : Value;
        var isPrefix = value.EndsWith('*');
        args.Add($"value{index}", isPrefix ? value[..^1] : value);
        var fits = isPrefix ? $"starts_with(coalesce({labelled}, ''), @value{index})" : $"coalesce({labelled}, '') = @value{index}";
        return isNot ? $"NOT {fits}" : fits;
    }

    /// <summary>Reads <c>label:value</c>, any number up to ten; all of them must fit.</summary>
    public static IReadOnlyList<MetricFilter> ReadAll(ICollection<FieldProblem> problems, MetricDefinition? metric, IReadOnlyCollection<string> filters)
    {
        // One that were left out would show numbers as if they were narrowed.
        if (filters.Count > MostFilters)
        {
            problems.Add(new FieldProblem("filter", $"At most {MostFilters}.", $"最多 {MostFilters} 个。"));
            return [];
        }

        var read = new List<MetricFilter>();
        foreach (var text in filters.Where(text => text.Length > 0))
        {
            var colon = text.IndexOf(':', StringComparison.Ordinal);
            if (colon <= 0)
            {
                problems.Add(new FieldProblem("filter", "A filter is label:value.", "筛选条件的格式为 label:value。"));
            }
            else
            {
                Check(problems, ("filter", metric), text[..colon], text[(colon + 1)..]);
                read.Add(new MetricFilter(text[..colon], text[(colon + 1)..]));
            }
        }

        return read;
    }

    /// <summary>A label has to be one of the metric's; the list of metrics names them.</summary>
    public static void Check(ICollection<FieldProblem> problems, (string Field, MetricDefinition? Metric) of, string label, string value = "")
    {
        TextField.Line(problems, of.Field, value, 200);
        if (of.Metric is { } metric && !metric.Labels.Contains(label, StringComparer.Ordinal))
        {
            var labels = metric.Labels.Count == 0 ? "-" : string.Join(", ", metric.Labels);
            problems.Add(new FieldProblem(of.Field, $"Not a label of {metric.Metric}; it has: {labels}.", $"不是 {metric.Metric} 的标签；可用标签：{labels}。"));
        }
    }
}
