using System.ComponentModel.DataAnnotations;

namespace Evenkeel.Accounts;

/// <summary>Who may register.</summary>
public enum RegistrationPolicy
{
    /// <summary>Everybody who reaches the server.</summary>
    Open,

    /// <summary>The first account; later ones by invitation.</summary>
    Invite,

    /// <summary>The first account only.</summary>
    Closed,
}

/// <summary>Whose owners and administrators run the installation.</summary>
public enum OperatorPolicy
{
    /// <summary>Of the organization that registered first.</summary>
    FirstOrganization,

    /// <summary>Of every organization: all of them belong to the team that runs the server.</summary>
    EveryOrganization,
}

/// <summary>Settings under <c>Accounts</c>.</summary>
public sealed class AccountsOptions
{
    /// <summary>Who may register. The very first account is always allowed, or nobody could ever sign in.</summary>
    [EnumDataType(typeof(RegistrationPolicy))]
    public RegistrationPolicy Registration { get; set; } = RegistrationPolicy.Open;

    /// <summary>Who sees how the server is. Not everybody who registers: it names machines, models and versions.</summary>
    [EnumDataType(typeof(OperatorPolicy))]
    public OperatorPolicy Operators { get; set; } = OperatorPolicy.FirstOrganization;

    /// <summary>Registrations per minute from one address. Each costs a password hash and a chatbot; a classroom behind one address must still get in.</summary>
    [Range(1, 1_000_000)]
    public int RegistrationsPerMinute { get; set; } = 60;

    /// <summary>Failed sign-ins for one e-mail from one address within <see cref="SignInWindowMinutes"/>. Enough for a forgetful person, useless for guessing.</summary>
    [Range(1, 1_000)]
    public int FailedSignInsPerAccount { get; set; } = 10;

    /// <summary>
    /// Failed sign-ins from one address, and for one e-mail from all addresses, within <see cref="SignInWindowMinutes"/>. Ten times higher,
    /// because many people share an address and because strangers must not lock somebody out with a few tries.
    /// </summary>
    [Range(1, 100_000)]
    public int FailedSignInsPerAddress { get; set; } = 100;

    /// <summary>Minutes over which failures count.</summary>
    [Range(1, 1_440)]
    public int SignInWindowMinutes { get; set; } = 15;

    /// <summary>Seconds an access token is valid. It cannot be revoked, so it is short: 15 minutes.</summary>
    [Range(5, 3_600)]
    public int AccessTokenSeconds { get; set; } = 900;

    /// <summary>Days a refresh token waits for its use: how long one stays signed in without coming back.</summary>
    [Range(1, 365)]
    public int RefreshTokenDays { get; set; } = 30;

    /// <summary>PBKDF2-SHA512 iterations of a password hash. The framework's default; stored hashes are renewed at sign-in when it is raised.</summary>
    [Range(100_000, 10_000_000)]
    public int PasswordHashIterations { get; set; } = 100_000;

    /// <summary>Issuer and audience of access tokens. Two installations that share keys by mistake stay apart by it.</summary>
    [Required, StringLength(200, MinimumLength = 1)]
    public string Issuer { get; set; } = "evenkeel";
}
