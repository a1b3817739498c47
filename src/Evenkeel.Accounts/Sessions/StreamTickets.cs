using Evenkeel.Accounts.Tokens;
using Evenkeel.Platform.Data;

namespace Evenkeel.Accounts.Sessions;

/// <summary>Makes and redeems stream tickets. They stand in the database, because the stream may reach another node.</summary>
internal sealed class StreamTickets(Database database, TimeProvider time) : IStreamTickets
{
    private const string Insert =
        """
        INSERT INTO stream_tickets (hash, organization_id, user_id, session_id, role, locale, token_expires_at, expires_at)
        SELECT @hash, s.organization_id, s.user_id, s.id, @Role, @Locale, @TokenExpiresAt, @expiresAt
        FROM sessions s WHERE s.id = @SessionId AND s.revoked_at IS NULL
        """;

    private const string Redeem =
        """
        DELETE FROM stream_tickets WHERE hash = @hash
        RETURNING user_id, organization_id, session_id, role, locale, token_expires_at, expires_at > @now AS is_fresh
        """;

    /// <summary>How long a ticket waits for its use.</summary>
    public static TimeSpan Lifetime { get; } = TimeSpan.FromSeconds(60);

    /// <summary>A ticket for this caller; null when their session was ended.</summary>
    public async Task<string?> IssueAsync(Caller caller, CancellationToken cancellationToken)
    {
        var ticket = OpaqueSecret.Create();
        var row = new
        {
            hash = OpaqueSecret.Hash(ticket),
            expiresAt = time.GetUtcNow() + Lifetime,
            caller.SessionId,
            caller.Role,
            caller.Locale,
            caller.TokenExpiresAt,
        };
        var stored = await database.ExecuteAsync(DataScope.Organization(caller.OrganizationId), Insert, row, cancellationToken);
        return stored > 0 ? ticket : null;
    }

    /// <inheritdoc/>
    public async Task<Caller?> RedeemAsync(string ticket, CancellationToken cancellationToken)
    {
        if (ticket.Length is 0 or > OpaqueSecret.MostCharacters)
        {
            return null;
        }

        var args = new { hash = OpaqueSecret.Hash(ticket), now = time.GetUtcNow() };
        var row = await database.QueryFirstOrDefaultAsync<TicketRow>(DataScope.System, Redeem, args, cancellationToken);
        return row is { IsFresh: true } ? row.ToCaller() : null;
    }

    private sealed record TicketRow
    {
        public Guid UserId { get; init; }
        public Guid OrganizationId { get; init; }
        public Guid SessionId { get; init; }
        public string Role { get; init; } = "";
        public string Locale { get; init; } = "";
        public DateTimeOffset TokenExpiresAt { get; init; }
        public bool IsFresh { get; init; }

        public Caller ToCaller() => new()
        {
            UserId = UserId,
            OrganizationId = OrganizationId,
            SessionId = SessionId,
            Role = Role,
            Locale = Locale,
            TokenExpiresAt = TokenExpiresAt,
        };
    }
}
