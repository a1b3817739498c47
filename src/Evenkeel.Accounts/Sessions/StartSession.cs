using Dapper;
using Evenkeel.Accounts.Tokens;
using Evenkeel.Contracts.Accounts;
using Evenkeel.Platform.Data;
using Evenkeel.Platform.Identifiers;
using Microsoft.Extensions.Options;

namespace Evenkeel.Accounts.Sessions;

/// <summary>Begins a session: a family of refresh tokens, and the first access token.</summary>
internal sealed class StartSession(
    Database database, AccessTokens accessTokens, Operators operators, IdSource ids, TimeProvider time, IOptions<AccountsOptions> options)
{
    private const string InsertSession =
        """
        INSERT INTO sessions (id, organization_id, user_id, created_at, expires_at) VALUES (@SessionId, @OrganizationId, @UserId, @Now, @ExpiresAt);
        INSERT INTO refresh_tokens (hash, session_id, organization_id, issued_at, expires_at) VALUES (@Hash, @SessionId, @OrganizationId, @Now, @ExpiresAt)
        """;

    /// <summary>For somebody whose password was right.</summary>
    public async Task<SignedInResponse> RunAsync(AccountRow account, CancellationToken cancellationToken)
    {
        var (session, refreshToken) = NewSession(account);
        await database.ExecuteAsync(DataScope.Organization(account.OrganizationId), InsertSession, session, cancellationToken);
        return await AnswerAsync(account, session.SessionId, refreshToken, cancellationToken);
    }

    /// <summary>For somebody who registers; the transaction's scope is the new organization.</summary>
    public async Task<SignedInResponse> RunInTransactionAsync(ScopedTransaction transaction, AccountRow account, CancellationToken cancellationToken)
    {
        var (session, refreshToken) = NewSession(account);
        await transaction.Connection.ExecuteAsync(InsertSession, session, transaction.Transaction);
        return await AnswerAsync(account, session.SessionId, refreshToken, cancellationToken);
    }

    private (NewRow Session, string RefreshToken) NewSession(AccountRow account)
    {
        var now = time.GetUtcNow();
        var refreshToken = OpaqueSecret.Create();
        var row = new NewRow(
            ids.Next(), account.OrganizationId, account.UserId, OpaqueSecret.Hash(refreshToken), now, now.AddDays(options.Value.RefreshTokenDays));
        return (row, refreshToken);
    }

    private async Task<SignedInResponse> AnswerAsync(AccountRow account, Guid sessionId, string refreshToken, CancellationToken cancellationToken) => new()
    {
        User = account.ToUser(),
        Organization = account.ToOrganization(),
        Role = account.Role,
        IsOperator = await operators.IncludeAsync(account.OrganizationId, account.Role, cancellationToken),
        AccessToken = accessTokens.Issue(new SessionMember
        {
            UserId = account.UserId,
            OrganizationId = account.OrganizationId,
            SessionId = sessionId,
            Role = account.Role,
            Locale = account.Locale,
        }),
        ExpiresInSeconds = (int)accessTokens.Lifetime.TotalSeconds,
        RefreshToken = refreshToken,
    };

    private sealed record NewRow(Guid SessionId, Guid OrganizationId, Guid UserId, byte[] Hash, DateTimeOffset Now, DateTimeOffset ExpiresAt);
}
