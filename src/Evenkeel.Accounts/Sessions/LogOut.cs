using Evenkeel.Accounts.Tokens;
using Evenkeel.Contracts.Accounts;
using Evenkeel.Contracts.Errors;
using Evenkeel.Platform.Data;
using Evenkeel.Platform.Errors;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Evenkeel.Accounts.Sessions;

/// <summary>
/// <c>POST /auth/logout</c>: ends the session of the refresh token, or of the access token where none is given. Access tokens that are
/// out run out by themselves. Unknown and ended sessions get the same answer.
/// </summary>
internal sealed class LogOut(Database database, TimeProvider time)
{
    private const string Revoke =
        """
        WITH ended AS (
            UPDATE sessions s SET revoked_at = @now, revoked_because = 'logout'
            WHERE s.revoked_at IS NULL AND (s.id = @sessionId OR s.id = (SELECT t.session_id FROM refresh_tokens t WHERE t.hash = @hash))
            RETURNING s.id
        )
        DELETE FROM stream_tickets USING ended WHERE session_id = ended.id
        """;

    public static async Task<Results<NoContent, ErrorResult>> HandleAsync(
        RefreshRequest? request, LogOut logOut, IAccessTokens tokens, HttpContext context, CancellationToken cancellationToken)
    {
        var refreshToken = request?.RefreshToken;
        TokenCheck? check = RequireSignInExtensions.BearerToken(context) is { } token ? tokens.Check(token) : null;
        var sessionId = check?.Caller?.SessionId;
        if (string.IsNullOrEmpty(refreshToken) && sessionId is null)
        {
            return (ErrorResult)new Error(check?.State switch
            {
                null => ErrorCode.AuthRequired,
                TokenState.Expired => ErrorCode.TokenExpired,
                _ => ErrorCode.TokenInvalid,
            });
        }

        var hash = refreshToken is { Length: > 0 and <= OpaqueSecret.MostCharacters } ? OpaqueSecret.Hash(refreshToken) : null;
        await logOut.RunAsync(sessionId, hash, cancellationToken);
        return TypedResults.NoContent();
    }

    private Task RunAsync(Guid? sessionId, byte[]? hash, CancellationToken cancellationToken) =>
        database.ExecuteAsync(DataScope.System, Revoke, new { sessionId, hash, now = time.GetUtcNow() }, cancellationToken);
}
