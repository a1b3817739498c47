using Evenkeel.Contracts.Operations;

namespace Evenkeel.Accounts.ApiKeys;

/// <summary>A key's row as it is listed.</summary>
internal sealed record ApiKeyRow
{
    public const string Columns = "id, name, prefix, scopes, created_at, expires_at, last_used_at, revoked_at";

    public required Guid Id { get; init; }
    public required string Name { get; init; }
    public required string Prefix { get; init; }
    public required string[] Scopes { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? ExpiresAt { get; init; }
    public DateTimeOffset? LastUsedAt { get; init; }
    public DateTimeOffset? RevokedAt { get; init; }

    public ApiKey ToWire() => new()
    {
        Id = Id,
        Name = Name,
        Prefix = Prefix,
        Scopes = Scopes,
        CreatedAt = CreatedAt,
        ExpiresAt = ExpiresAt,
        LastUsedAt = LastUsedAt,
        RevokedAt = RevokedAt,
    };
}
