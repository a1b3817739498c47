using System.Collections.Concurrent;
using Evenkeel.Accounts.Tokens;
using Evenkeel.Platform.Data;

namespace Evenkeel.Accounts.ApiKeys;

/// <inheritdoc/>
/// <remarks>Unknown keys are not remembered, so that a new one works everywhere at once.</remarks>
internal sealed class FindApiKey(Database database, KeyUses uses, TimeProvider time) : IApiKeys
{
    /// <summary>How long another node goes on accepting a key that was revoked.</summary>
    public static readonly TimeSpan Remembered = TimeSpan.FromSeconds(5);

    private const int MostRemembered = 10_000;
    private const string Columns = "id, organization_id, scopes, expires_at, last_used_at, revoked_at IS NOT NULL AS is_revoked";

    private readonly ConcurrentDictionary<string, Known> _known = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public async ValueTask<TokenCheck> CheckAsync(string key, CancellationToken cancellationToken)
    {
        if (!ApiKeySecret.IsPossible(key))
        {
            return new TokenCheck(TokenState.Invalid, null);
        }

        var now = time.GetUtcNow();
        var row = await FindAsync(key, cancellationToken);
        if (row is null or { IsRevoked: true })
        {
            return new TokenCheck(TokenState.Invalid, null);
        }

        if (row.ExpiresAt <= now)
        {
            return new TokenCheck(TokenState.Expired, null);
        }

        uses.Note(row.Id, row.LastUsedAt, now);
        return new TokenCheck(TokenState.Valid, row.ToCaller());
    }

    /// <inheritdoc/>
    public async ValueTask<bool> IsStillValidAsync(Caller caller, CancellationToken cancellationToken)
    {
        var row = await database.QueryFirstOrDefaultAsync<KeyRow>(
            DataScope.Organization(caller.OrganizationId), $"SELECT {Columns} FROM api_keys WHERE id = @UserId", new { caller.UserId }, cancellationToken);
        return row is { IsRevoked: false } && !(row.ExpiresAt <= time.GetUtcNow());
    }

    /// <summary>Its next use is looked up anew.</summary>
    public void Forget(Guid keyId)
    {
        foreach (var (key, known) in _known.Where(one => one.Value.Row.Id == keyId))
        {
            _known.TryRemove(KeyValuePair.Create(key, known));
        }
    }

    private async ValueTask<KeyRow?> FindAsync(string key, CancellationToken cancellationToken)
    {
        if (_known.TryGetValue(key, out var known) && time.GetElapsedTime(known.FoundAt) < Remembered)
        {
            return known.Row;
        }

        // Before the look: what is revoked during it is not remembered for longer than promised.
        var foundAt = time.GetTimestamp();
        var row = await database.QueryFirstOrDefaultAsync<KeyRow>(
            DataScope.System, $"SELECT {Columns} FROM api_keys WHERE hash = @hash", new { hash = OpaqueSecret.Hash(key) }, cancellationToken);
        if (row is null)
        {
            _known.TryRemove(key, out _);
            return null;
        }

        if (_known.Count >= MostRemembered)
        {
            _known.Clear();
        }

        _known[key] = new Known(row, foundAt);
        return row;
    }

    private sealed record Known(KeyRow Row, long FoundAt);

    private sealed record KeyRow
    {
        public required Guid Id { get; init; }
        public required Guid OrganizationId { get; init; }
        public required string[] Scopes { get; init; }
        public DateTimeOffset? ExpiresAt { get; init; }
        public DateTimeOffset? LastUsedAt { get; init; }
        public required bool IsRevoked { get; init; }

        public Caller ToCaller() => new()
        {
            UserId = Id,
            OrganizationId = OrganizationId,
            Role = MemberRole.Key,
            Locale = "en",
            TokenExpiresAt = ExpiresAt ?? DateTimeOffset.MaxValue,
            Scopes = Scopes,
        };
    }
}
