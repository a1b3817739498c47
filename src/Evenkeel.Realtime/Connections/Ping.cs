using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Http;

namespace Evenkeel.Realtime.Connections;

/// <summary>Lets a client learn whether the server is there without opening a stream. Needs no sign-in and touches no store.</summary>
internal static class Ping
{
    public static Ok<PingResponse> Handle(TimeProvider time) => TypedResults.Ok(new PingResponse("ok", time.GetUtcNow()));
}

/// <summary>Answer of <c>GET /api/v1/chat/ping</c>.</summary>
/// <param name="Status">Always <c>ok</c>.</param>
/// <param name="ServerTime">To estimate the difference of clocks.</param>
public sealed record PingResponse(string Status, DateTimeOffset ServerTime);
