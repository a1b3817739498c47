using Evenkeel.Accounts;
using Evenkeel.Contracts.Chats;
using Evenkeel.Contracts.Timeline;
using Evenkeel.Platform.Errors;
using Evenkeel.Platform.Http;
using Evenkeel.Realtime;
using Evenkeel.Timeline.Analytics;
using Evenkeel.Timeline.Analytics.Aggregating;
using Evenkeel.Timeline.Analytics.Series;
using Evenkeel.Timeline.CustomEvents;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;

namespace Evenkeel.Timeline.Reading;

/// <summary><c>GET /api/v1/admin/timeline</c>: the organization's events of a time, newest first: what lies behind a point of a chart.</summary>
internal sealed class ListTimeline(ReadTimeline timeline, EventTypeBooks books, MetricRegistry metrics, IOptions<AnalyticsOptions> options, TimeProvider time)
{
    private const int DefaultLimit = 100;
    private static readonly TimeSpan DefaultRange = TimeSpan.FromHours(24);
    private static readonly TimeSpan LongestRange = TimeSpan.FromDays(31);

    public static async Task<Results<Ok<Page<TimelineEvent>>, ErrorResult>> HandleAsync(
        [AsParameters] TimelineQuery query, Caller caller, HttpContext context, ListTimeline list)
    {
        var page = await list.RunAsync(query, caller.OrganizationId, RequestLanguage.Of(context), context.RequestAborted);
        return page.TryGet(out var found, out var error) ? TypedResults.Ok(found) : (ErrorResult)error;
    }

    private async Task<Result<Page<TimelineEvent>>> RunAsync(TimelineQuery query, Guid organizationId, string language, CancellationToken cancellationToken)
    {
        var problems = new List<FieldProblem>();
        var filter = query.Read(problems, DefaultLimit) with { Behind = query.ReadBehind(problems, metrics, options.Value.LowScore) };
        var before = TimelineCursor.Read(problems, query.Cursor);
        // A little beyond now: clocks differ.
        var until = filter.Until ?? time.GetUtcNow().AddMinutes(1);
        var since = filter.Since ?? until - DefaultRange;
        if (since >= until || until - since > LongestRange)
        {
            problems.Add(new FieldProblem("since", $"Before until, by at most {LongestRange.Days} days.", $"须早于 until，且相差不超过 {LongestRange.Days} 天。"));
        }

        if (problems.Count > 0)
        {
            return Error.Invalid(problems);
        }

        var range = new TimelineRange(organizationId, query.SessionId, since, until) { Before = before };
        var rows = await timeline.RunAsync(range, filter with { Limit = filter.Limit + 1 }, cancellationToken);
        var types = await books.OfAsync(organizationId, cancellationToken);
        var view = new EventView(SeesAll: true, language);
        TimelineEvent[] items = [.. rows.Take(filter.Limit).Select(row => VisibleEvents.Of(row, view, types)!)];
        return new Page<TimelineEvent>(items, rows.Count > items.Length ? TimelineCursor.Of(rows[items.Length - 1]) : null);
    }

    /// <summary>What may be asked for.</summary>
    internal sealed record TimelineQuery : EventQuery
    {
        /// <summary>Only events of this session.</summary>
        [FromQuery(Name = "session_id")]
        public Guid? SessionId { get; init; }

        /// <summary>Only events that this metric was made of: what lies behind a point of its series.</summary>
        [FromQuery(Name = "metric")]
        public string? Metric { get; init; }

        /// <summary>Labels of the metric, as in its series: <c>label:value</c>, repeated for several.</summary>
        [FromQuery(Name = "filter")]
        public string[]? Filter { get; init; }

        /// <summary>The part about a metric.</summary>
        public EventsBehind? ReadBehind(List<FieldProblem> problems, MetricRegistry metrics, double lowScore)
        {
            if (string.IsNullOrEmpty(Metric))
            {
                if (Filter is { Length: > 0 })
                {
                    problems.Add(new FieldProblem("filter", "Labels are those of a metric: it has to be given too.", "标签属于某个指标，请同时提供 metric。"));
                }

                return null;
            }

            if (metrics.Find(Metric) is not { } metric || !EventsBehind.IsOf(metric))
            {
                problems.Add(new FieldProblem("metric", "There is no such metric, or it is not made of events.", "没有该指标，或该指标并非由事件得出。"));
                return null;
            }

            return new EventsBehind(metric, MetricFilter.ReadAll(problems, metric, Filter ?? []), lowScore);
        }
    }
}
