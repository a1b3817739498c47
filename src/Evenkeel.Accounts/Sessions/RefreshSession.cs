using Evenkeel.Accounts.Tokens;
using Evenkeel.Contracts.Accounts;
using Evenkeel.Contracts.Errors;
using Evenkeel.Platform.Data;
using Evenkeel.Platform.Errors;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Evenkeel.Accounts.Sessions;

/// <summary>
/// <c>POST /auth/refresh</c>: exchanges a refresh token for the next one. A token that was used before ends its session, also where the
/// answer to the first use was lost on the way: the server cannot tell that from theft.
/// </summary>
internal sealed partial class RefreshSession(
    Database database, AccessTokens accessTokens, TimeProvider time, IOptions<AccountsOptions> options, ILogger<RefreshSession> logger)
{
    // Of two simultaneous uses the second waits for the first one's row lock, finds used_at set, and changes nothing.
    private const string Rotate =
        """
        WITH used AS (
            UPDATE refresh_tokens t SET used_at = @now
            FROM sessions s
            WHERE t.hash = @hash AND t.used_at IS NULL AND t.expires_at > @now AND s.id = t.session_id AND s.revoked_at IS NULL
            RETURNING t.session_id, t.organization_id, s.user_id
        ), issued AS (
            INSERT INTO refresh_tokens (hash, session_id, organization_id, issued_at, expires_at)
            SELECT @nextHash, session_id, organization_id, @now, @expiresAt FROM used
        ), extended AS (
            UPDATE sessions s SET expires_at = @expiresAt FROM used WHERE s.id = used.session_id
        )
        SELECT used.session_id, used.organization_id, used.user_id, m.role, u.locale
        FROM used
        JOIN memberships m ON m.organization_id = used.organization_id AND m.user_id = used.user_id
        JOIN users u ON u.id = used.user_id
        """;

    private const string RevokeAfterReuse =
        """
        WITH reused AS (
            UPDATE sessions s SET revoked_at = @now, revoked_because = 'reuse'
            FROM refresh_tokens t
            WHERE t.hash = @hash AND t.used_at IS NOT NULL AND s.id = t.session_id AND s.revoked_at IS NULL
            RETURNING s.id
        ), tickets AS (
            DELETE FROM stream_tickets USING reused WHERE session_id = reused.id
        )
        SELECT id FROM reused
        """;

    public static async Task<Results<Ok<TokenResponse>, ErrorResult>> HandleAsync(
        RefreshRequest request, RefreshSession refresh, CancellationToken cancellationToken)
    {
        if (string.IsNullOrEmpty(request.RefreshToken))
        {
            return (ErrorResult)Error.Invalid(FieldProblem.Required("refresh_token"));
        }

        var result = await refresh.RunAsync(request.RefreshToken, cancellationToken);
        return result.TryGet(out var tokens, out var error) ? TypedResults.Ok(tokens) : (ErrorResult)error;
    }

    public async Task<Result<TokenResponse>> RunAsync(string refreshToken, CancellationToken cancellationToken)
    {
        if (refreshToken.Length > OpaqueSecret.MostCharacters)
        {
            return new Error(ErrorCode.TokenInvalid);
        }

        var now = time.GetUtcNow();
        var hash = OpaqueSecret.Hash(refreshToken);
        var next = OpaqueSecret.Create();
        var rotation = new { hash, nextHash = OpaqueSecret.Hash(next), now, expiresAt = now.AddDays(options.Value.RefreshTokenDays) };
        var member = await database.QueryFirstOrDefaultAsync<SessionMember>(DataScope.System, Rotate, rotation, cancellationToken);
        if (member is null)
        {
            await RevokeIfReusedAsync(hash, now, cancellationToken);
            return new Error(ErrorCode.TokenInvalid);
        }

        return new TokenResponse
        {
            AccessToken = accessTokens.Issue(member),
            ExpiresInSeconds = (int)accessTokens.Lifetime.TotalSeconds,
            RefreshToken = next,
        };
    }

    private async Task RevokeIfReusedAsync(byte[] hash, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var sessionId = await database.QueryFirstOrDefaultAsync<Guid?>(DataScope.System, RevokeAfterReuse, new { hash, now }, cancellationToken);
        if (sessionId is not null)
        {
            Log.Reused(logger, sessionId.Value);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "A used refresh token was presented again; session {SessionId} is revoked")]
        public static partial void Reused(ILogger logger, Guid sessionId);
    }
}
