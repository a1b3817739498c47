namespace Evenkeel.Contracts.Accounts;

/// <summary>Body of <c>POST /auth/register</c>.</summary>
public sealed record RegisterRequest
{
    public string? Email { get; init; }

    /// <summary>10 to 128 characters; not the e-mail address; not a well-known password.</summary>
    public string? Password { get; init; }

    /// <summary>Up to 100 characters; absent = the part of the address before the @.</summary>
    public string? DisplayName { get; init; }

    /// <summary>Up to 100 characters; absent = made from the display name.</summary>
    public string? OrganizationName { get; init; }

    /// <summary><c>en</c> or <c>zh</c>; absent = from <c>Accept-Language</c>.</summary>
    public string? Locale { get; init; }
}

/// <summary>Body of <c>POST /auth/login</c>.</summary>
public sealed record LoginRequest
{
    public string? Email { get; init; }
    public string? Password { get; init; }
}

/// <summary>Body of <c>POST /auth/refresh</c> and <c>POST /auth/logout</c>.</summary>
public sealed record RefreshRequest
{
    public string? RefreshToken { get; init; }
}

/// <summary>A person.</summary>
public sealed record User
{
    public required Guid Id { get; init; }
    public required string Email { get; init; }
    public required string DisplayName { get; init; }
    public required string Locale { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
}

/// <summary>An organization: the tenant.</summary>
public sealed record Organization
{
    public required Guid Id { get; init; }
    public required string Name { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
}

/// <summary>Who is signed in.</summary>
public sealed record Identity
{
    public required User User { get; init; }
    public required Organization Organization { get; init; }

    /// <summary><c>owner</c>, <c>admin</c> or <c>member</c>.</summary>
    public required string Role { get; init; }

    /// <summary>Whether they run the installation and may see how the server is, beyond their own organization.</summary>
    public required bool IsOperator { get; init; }
}

/// <summary>Tokens of a session.</summary>
public sealed record TokenResponse
{
    public required string AccessToken { get; init; }
    public string TokenType { get; init; } = "Bearer";
    public required int ExpiresInSeconds { get; init; }
    public required string RefreshToken { get; init; }
}

/// <summary>Answer to register and login.</summary>
public sealed record SignedInResponse
{
    public required User User { get; init; }
    public required Organization Organization { get; init; }
    public required string Role { get; init; }

    /// <summary>As in <see cref="Identity"/>.</summary>
    public required bool IsOperator { get; init; }
    public required string AccessToken { get; init; }
    public string TokenType { get; init; } = "Bearer";
    public required int ExpiresInSeconds { get; init; }
    public required string RefreshToken { get; init; }
}

/// <summary>Answer to <c>POST /auth/refresh-for-streaming</c>.</summary>
public sealed record StreamingCheckResponse
{
    public required bool Valid { get; init; }
    public required Guid UserId { get; init; }
    public required int TokenExpiresInSeconds { get; init; }

    /// <summary>True when less than 60 s are left: refresh before opening a stream.</summary>
    public required bool ShouldRefresh { get; init; }

    /// <summary>Single use; stands in the URL of one stream.</summary>
    public required string StreamTicket { get; init; }
    public required int TicketExpiresInSeconds { get; init; }
}
