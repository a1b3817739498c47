using System.Globalization;
using Evenkeel.Accounts;
using Evenkeel.Contracts.Chats;
using Evenkeel.Contracts.Timeline;
using Evenkeel.Platform.Errors;
using Evenkeel.Platform.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Evenkeel.Timeline.Reading;

/// <summary><c>GET /chat/events/{session_id}</c>: a session's events in order, filtered.</summary>
internal static class ListEvents
{
    private const int DefaultLimit = 100;

    public static async Task<Results<Ok<Page<TimelineEvent>>, ErrorResult>> HandleAsync(
        [FromRoute(Name = "session_id")] Guid sessionId, [AsParameters] SessionQuery query, Caller caller, HttpContext context, SessionReader reader)
    {
        var problems = new List<FieldProblem>();
        var filter = query.Read(problems, DefaultLimit) with { AfterSeq = query.ReadAfter(problems) };
        if (problems.Count > 0)
        {
            return (ErrorResult)Error.Invalid(problems);
        }

        var session = await reader.OpenAsync(caller, sessionId, RequestLanguage.Of(context), context.RequestAborted);
        if (session is null)
        {
            return (ErrorResult)Error.NotFound;
        }

        var found = await reader.ReadAsync(session, filter with { Limit = filter.Limit + 1 }, context.RequestAborted);
        TimelineEvent[] items = [.. found.Take(filter.Limit)];
        return TypedResults.Ok(new Page<TimelineEvent>(items, found.Count > items.Length ? items[^1].Seq.ToString(CultureInfo.InvariantCulture) : null));
    }

    /// <summary>What may be asked for.</summary>
    internal sealed record SessionQuery : EventQuery
    {
        /// <summary>Only events with a higher <c>seq</c>.</summary>
        [FromQuery(Name = "after_seq")]
        public long? AfterSeq { get; init; }

        /// <summary>The <c>seq</c> behind which the page begins.</summary>
        public long ReadAfter(List<FieldProblem> problems)
        {
            if (AfterSeq is < 0)
            {
                problems.Add(new FieldProblem("after_seq", "It must not be negative.", "不能为负数。"));
            }

            var after = 0L;
            if (Cursor is not null && !long.TryParse(Cursor, NumberStyles.None, CultureInfo.InvariantCulture, out after))
            {
                problems.Add(new FieldProblem("cursor", "This is not a cursor of this list.", "游标无效。"));
            }

            return Math.Max(after, AfterSeq ?? 0);
        }
    }
}
