using Evenkeel.Contracts.Operations;
using Evenkeel.Timeline.Analytics;
using Evenkeel.Timeline.Analytics.Series;

namespace Evenkeel.Timeline.Alerts.Judging;

/// <summary>Plays a rule through time that has passed. It judges once a minute; of long windows a sixtieth is enough.</summary>
internal sealed class ReplayRule(AlertRuleDefinition rule, MetricDefinition metric, (DateTimeOffset From, DateTimeOffset To) range)
{
    private const int MostPoints = 500;
    private const int MostGroups = 20;

    private readonly TimeSpan _step = TimeSpan.FromSeconds(Math.Max(Resolution.Minute, rule.WindowSeconds / 60 / Resolution.Minute * Resolution.Minute));

    /// <summary>What would have happened.</summary>
    /// <param name="rows">Minutes from before the range until its end.</param>
    public AlertPreview Run(IEnumerable<PointRow> rows)
    {
        var groups = rows.GroupBy(row => row.Group).OrderByDescending(group => group.Sum(row => row.Count)).Take(MostGroups)
            .Select(group => (group.Key, Rows: group.OrderBy(row => row.At).ToArray())).ToList();
        if (groups.Count == 0 && rule.GroupBy is null)
        {
            groups.Add(("", []));
        }

        var played = groups.Select(group => Play(group.Key, group.Rows)).ToList();
        var spans = played.SelectMany(group => group.Spans).OrderBy(span => span.From).ToList();
        return new AlertPreview
        {
            From = range.From,
            To = range.To,
            Firings = played.Sum(group => group.Firings),
            Spans = spans,
            Series = [.. played.Select(group => group.Series)],
        };
    }

    private (int Firings, List<AlertSpan> Spans, LabelledSeries Series) Play(string group, PointRow[] rows)
    {
        var state = new GroupState { Since = range.From, MeasuredAt = range.From };
        var (firings, spans, points) = (0, new List<AlertSpan>(), new List<MetricPoint>());
        var (first, end) = (0, 0);
        for (var now = range.From; now <= range.To; now += _step)
        {
            while (end < rows.Length && rows[end].At < now)
            {
                end++;
            }

            while (first < end && rows[first].At < RuleValues.FirstMinute(rule, now))
            {
                first++;
            }

            var window = new ArraySegment<PointRow>(rows, first, end - first);
            var reading = RuleValues.Of(rule, metric, window, now);
            var before = state;
            state = AlertMachine.Judge(rule, before, reading, (now, _step));
            firings += state.IsFiring && !before.IsFiring ? 1 : 0;
            Extend(spans, group, (before, state), now);
            if (reading.Value is { } value)
            {
                points.Add(new MetricPoint { At = now, Count = window.Sum(row => row.Count), Value = value });
            }
        }

        return (firings, spans, new LabelledSeries { Label = group, Total = new MetricPoint { At = range.From, Count = points.Sum(point => point.Count), Value = points.Count == 0 ? 0 : points.Max(point => point.Value) }, Points = Thinned(points) });
    }

    private static void Extend(List<AlertSpan> spans, string group, (GroupState Before, GroupState After) judged, DateTimeOffset now)
    {
        if (judged.Before.IsFiring && spans.Count > 0)
        {
            spans[^1] = spans[^1] with { To = now };
        }

        if (judged.After.IsFiring && (!judged.Before.IsFiring || judged.Before.Severity != judged.After.Severity))
        {
            spans.Add(new AlertSpan { Group = group, Severity = judged.After.Severity!, From = now, To = now });
        }
    }

    // The one of each piece that lies furthest on the side of the trouble: a peak must not be thinned away.
    private List<MetricPoint> Thinned(List<MetricPoint> points) => points.Count <= MostPoints
        ? points
        : [.. points.Chunk((points.Count + MostPoints - 1) / MostPoints).Select(piece => rule.Condition == AlertCondition.Below ? piece.MinBy(point => point.Value)! : piece.MaxBy(point => point.Value)!)];
}
