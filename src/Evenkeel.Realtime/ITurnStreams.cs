using Evenkeel.Accounts;
using Microsoft.AspNetCore.Http;

namespace Evenkeel.Realtime;

/// <summary>For <c>POST /api/v1/chat</c> with <c>Accept: text/event-stream</c>.</summary>
public interface ITurnStreams
{
    /// <summary>
    /// Answers <c>200 text/event-stream</c> with the greeting and the frames of one turn, from <paramref name="afterSeq"/> to its <c>idle</c>.
    /// A client that leaves does not stop the turn.
    /// </summary>
    Task StreamTurnAsync(HttpContext context, Caller caller, Guid threadId, Guid turnId, long afterSeq, CancellationToken cancellationToken);
}
