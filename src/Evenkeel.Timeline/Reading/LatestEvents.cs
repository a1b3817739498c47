using Evenkeel.Accounts;
using Evenkeel.Contracts.Chats;
using Evenkeel.Contracts.Timeline;
using Evenkeel.Platform.Errors;
using Evenkeel.Platform.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Evenkeel.Timeline.Reading;

/// <summary><c>GET /chat/events/{session_id}/latest</c>: the last events of a session, ascending.</summary>
internal static class LatestEvents
{
    private const int DefaultCount = 20;

    public static async Task<Results<Ok<Page<TimelineEvent>>, ErrorResult>> HandleAsync(
        [FromRoute(Name = "session_id")] Guid sessionId, [FromQuery(Name = "count")] int? count, Caller caller, HttpContext context, SessionReader reader)
    {
        var problems = new List<FieldProblem>();
        EventQuery.CheckLimit(problems, "count", count);
        if (problems.Count > 0)
        {
            return (ErrorResult)Error.Invalid(problems);
        }

        return await reader.OpenAsync(caller, sessionId, RequestLanguage.Of(context), context.RequestAborted) is { } session
            ? TypedResults.Ok(new Page<TimelineEvent>(
                await reader.ReadAsync(session, new EventFilter { Limit = count ?? DefaultCount, Latest = true }, context.RequestAborted), null))
            : (ErrorResult)Error.NotFound;
    }
}
