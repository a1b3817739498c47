using Microsoft.AspNetCore.Http;

namespace Evenkeel.Accounts;

/// <summary>
/// Who makes a request. Handlers behind <see cref="RequireSignInExtensions.RequireSignIn"/> take it as a parameter;
/// elsewhere it is null.
/// </summary>
public sealed record Caller
{
    /// <summary>The person; for an API key the key's id, which is nobody's.</summary>
    public required Guid UserId { get; init; }

    /// <summary>The tenant: the scope of every statement made for this caller.</summary>
    public required Guid OrganizationId { get; init; }

    /// <summary>One of <see cref="MemberRole"/>.</summary>
    public required string Role { get; init; }

    /// <summary><c>en</c> or <c>zh</c>.</summary>
    public required string Locale { get; init; }

    /// <summary>When the access token runs out; streams end then unless the token is renewed.</summary>
    public required DateTimeOffset TokenExpiresAt { get; init; }

    /// <summary>The sign-in this token comes from: the family of its refresh tokens.</summary>
    public Guid SessionId { get; init; }

    /// <summary>What an API key may do, as in <see cref="Contracts.Operations.ApiScope"/>; empty for people, who may do what their role says.</summary>
    public IReadOnlyList<string> Scopes { get; init; } = [];

    /// <summary>May look into every session of the organization: owners, administrators, and API keys (whose scope the endpoint has asked for).</summary>
    public bool OverseesOrganization => AdministersOrganization || Role is MemberRole.Key;

    /// <summary>A person who administers the organization; no key.</summary>
    public bool AdministersOrganization => Role is MemberRole.Owner or MemberRole.Admin;

    /// <summary>Whole seconds until the sign-in runs out, 0 when it has; null = never.</summary>
    public int? SecondsLeft(TimeProvider time) =>
        TokenExpiresAt == DateTimeOffset.MaxValue ? null : (int)Math.Clamp((TokenExpiresAt - time.GetUtcNow()).TotalSeconds, 0, int.MaxValue);

    /// <summary>Lets minimal API handlers take a <see cref="Caller"/>.</summary>
    public static ValueTask<Caller?> BindAsync(HttpContext context) => ValueTask.FromResult(context.Features.Get<Caller>());
}
