using Evenkeel.Accounts;
using Evenkeel.Contracts.Chats;
using Evenkeel.Contracts.Timeline;
using Evenkeel.Platform.Errors;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Evenkeel.Timeline.Reading;

/// <summary><c>GET /chat/events/{session_id}/latest</c>: the last events of a session, ascending.</summary>
internal static class LatestEvents
{
    private const int DefaultCount = 20;

    public static async Task<Results<Ok<Page<TimelineEvent>>, ErrorResult>> HandleAsync(
        [FromRoute(Name = "session_id")] Guid sessionId, [FromQuery(Name = "count")] int? count, Caller caller, ReadEvents events, CancellationToken cancellationToken)
    {
        var problems = new List<FieldProblem>();
        EventLimit.Check(problems, "count", count);
        if (problems.Count > 0)
        {
            return (ErrorResult)Error.Invalid(problems);
        }

        var filter = new EventFilter { Limit = count ?? DefaultCount, Latest = true };
        var found = await events.RunAsync(caller.OrganizationId, sessionId, filter, cancellationToken);
        return found is null ? (ErrorResult)Error.NotFound : TypedResults.Ok(new Page<TimelineEvent>(found, null));
    }
}
