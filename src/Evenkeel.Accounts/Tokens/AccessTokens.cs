using System.Globalization;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Evenkeel.Accounts.Tokens;

/// <summary>Issues and checks access tokens: ES256 JWS by our own key, and nothing else that a JWT can be.</summary>
internal sealed class AccessTokens(LoadSigningKey keys, TimeProvider time, IOptions<AccountsOptions> options) : IAccessTokens
{
    /// <summary>Ours have about 600 characters.</summary>
    private const int MostCharacters = 4_096;

    /// <summary>Between the clocks of our own nodes.</summary>
    private static readonly TimeSpan ClockSkew = TimeSpan.FromSeconds(5);

    private readonly JsonWebTokenHandler _handler = new() { SetDefaultTimesOnTokenCreation = false };
    private readonly RememberedTokens _remembered = new(perGeneration: 4_096);
    private readonly TokenValidationParameters _rules = new()
    {
        ValidIssuer = options.Value.Issuer,
        ValidAudience = options.Value.Issuer,
        ValidAlgorithms = [SecurityAlgorithms.EcdsaSha256],
        IssuerSigningKeyResolver = (_, _, keyId, _) => keyId == keys.Key.Id ? [keys.Key.SecurityKey] : [],
        RequireSignedTokens = true,
        // The library knows only the system's clock; Judge compares with ours.
        ValidateLifetime = false,
    };

    /// <summary>How long a new token is valid.</summary>
    public TimeSpan Lifetime { get; } = TimeSpan.FromSeconds(options.Value.AccessTokenSeconds);

    private SigningCredentials Credentials => field ??= new SigningCredentials(keys.Key.SecurityKey, SecurityAlgorithms.EcdsaSha256);

    /// <summary>Makes a token for a member of an organization.</summary>
    public string Issue(SessionMember member)
    {
        var now = time.GetUtcNow().UtcDateTime;
        return _handler.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = options.Value.Issuer,
            Audience = options.Value.Issuer,
            IssuedAt = now,
            NotBefore = now,
            Expires = now + Lifetime,
            SigningCredentials = Credentials,
            Claims = new Dictionary<string, object>(StringComparer.Ordinal)
            {
                [ClaimName.User] = member.UserId.ToString(),
                [ClaimName.Organization] = member.OrganizationId.ToString(),
                [ClaimName.Session] = member.SessionId.ToString(),
                [ClaimName.Role] = member.Role,
                [ClaimName.Locale] = member.Locale,
            },
        });
    }

    /// <inheritdoc/>
    public TokenCheck Check(string token)
    {
        var caller = _remembered.Find(token);
        if (caller is null)
        {
            caller = Verify(token);
            if (caller is null)
            {
                return new TokenCheck(TokenState.Invalid, null);
            }

            _remembered.Add(token, caller);
        }

        return time.GetUtcNow() < caller.TokenExpiresAt + ClockSkew
            ? new TokenCheck(TokenState.Valid, caller)
            : new TokenCheck(TokenState.Expired, null);
    }

    private Caller? Verify(string token)
    {
        // Two dots are a JWS. Five parts would be an encrypted token, which the library would try to open.
        if (token.Length > MostCharacters || token.AsSpan().Count('.') != 2)
        {
            return null;
        }

        try
        {
            var result = _handler.ValidateToken(token, _rules);
            return result.IsValid && result.SecurityToken is JsonWebToken { Alg: SecurityAlgorithms.EcdsaSha256 } verified ? Read(verified) : null;
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException or SecurityTokenException or InvalidOperationException)
        {
            return null;
        }
    }

    private Caller? Read(JsonWebToken token)
    {
        var notBefore = new DateTimeOffset(token.ValidFrom, TimeSpan.Zero);
        if (notBefore > time.GetUtcNow() + ClockSkew
            || token.ValidTo == DateTime.MinValue // no "exp"
            || !TryGetId(token, ClaimName.User, out var userId)
            || !TryGetId(token, ClaimName.Organization, out var organizationId)
            || !TryGetId(token, ClaimName.Session, out var sessionId)
            || !token.TryGetPayloadValue(ClaimName.Role, out string? role) || role is null
            || !token.TryGetPayloadValue(ClaimName.Locale, out string? locale) || locale is null)
        {
            return null;
        }

        return new Caller
        {
            UserId = userId,
            OrganizationId = organizationId,
            SessionId = sessionId,
            Role = role,
            Locale = locale,
            TokenExpiresAt = new DateTimeOffset(token.ValidTo, TimeSpan.Zero),
        };
    }

    private static bool TryGetId(JsonWebToken token, string claim, out Guid id)
    {
        id = Guid.Empty;
        return token.TryGetPayloadValue(claim, out string? text) && Guid.TryParse(text, CultureInfo.InvariantCulture, out id);
    }

    private static class ClaimName
    {
        public const string User = JwtRegisteredClaimNames.Sub;
        public const string Organization = "org";
        public const string Session = JwtRegisteredClaimNames.Sid;
        public const string Role = "role";
        public const string Locale = "locale";
    }
}

/// <summary>A person in a session of one organization: what a token says.</summary>
internal sealed record SessionMember
{
    public required Guid UserId { get; init; }
    public required Guid OrganizationId { get; init; }
    public required Guid SessionId { get; init; }
    public required string Role { get; init; }
    public required string Locale { get; init; }
}
