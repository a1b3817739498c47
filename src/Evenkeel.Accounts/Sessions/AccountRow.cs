using Evenkeel.Contracts.Accounts;

namespace Evenkeel.Accounts.Sessions;

/// <summary>A person with the organization they sign in to.</summary>
internal sealed record AccountRow
{
    public required Guid UserId { get; init; }
    public required string Email { get; init; }
    public required string DisplayName { get; init; }
    public required string Locale { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Of the password; empty where it was not asked for.</summary>
    public string Hash { get; init; } = "";
    public required string Role { get; init; }
    public required Guid OrganizationId { get; init; }
    public required string OrganizationName { get; init; }
    public required DateTimeOffset OrganizationCreatedAt { get; init; }

    public User ToUser() => new() { Id = UserId, Email = Email, DisplayName = DisplayName, Locale = Locale, CreatedAt = CreatedAt };

    public Organization ToOrganization() => new() { Id = OrganizationId, Name = OrganizationName, CreatedAt = OrganizationCreatedAt };
}
