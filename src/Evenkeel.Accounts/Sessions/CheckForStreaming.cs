using Evenkeel.Contracts.Accounts;
using Evenkeel.Contracts.Errors;
using Evenkeel.Platform.Errors;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Evenkeel.Accounts.Sessions;

/// <summary><c>POST /auth/refresh-for-streaming</c>: is the token good for a stream, and a ticket to open it with.</summary>
internal static class CheckForStreaming
{
    private static readonly TimeSpan RefreshBelow = TimeSpan.FromSeconds(60);

    public static async Task<Results<Ok<StreamingCheckResponse>, ErrorResult>> HandleAsync(
        Caller caller, StreamTickets tickets, TimeProvider time, CancellationToken cancellationToken)
    {
        if (await tickets.IssueAsync(caller, cancellationToken) is not { } ticket)
        {
            return (ErrorResult)new Error(ErrorCode.TokenInvalid);
        }

        var left = caller.TokenExpiresAt - time.GetUtcNow();
        return TypedResults.Ok(new StreamingCheckResponse
        {
            Valid = true,
            UserId = caller.UserId,
            TokenExpiresInSeconds = Math.Max(0, (int)left.TotalSeconds),
            ShouldRefresh = left < RefreshBelow,
            StreamTicket = ticket,
            TicketExpiresInSeconds = (int)StreamTickets.Lifetime.TotalSeconds,
        });
    }
}
