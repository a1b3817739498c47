using Evenkeel.Contracts.Errors;
using Evenkeel.Platform.Errors;
using Microsoft.Extensions.Options;

namespace Evenkeel.Accounts.SignIn;

/// <summary>Stops guessing of passwords: per e-mail and address, per address, and per e-mail from everywhere.</summary>
internal sealed class SignInLimits(TimeProvider time, IOptions<AccountsOptions> options)
{
    private static readonly TimeSpan RegistrationWindow = TimeSpan.FromMinutes(1);

    private readonly AttemptLimiter _pairs = Failures(time, options.Value, options.Value.FailedSignInsPerAccount);
    private readonly AttemptLimiter _addresses = Failures(time, options.Value, options.Value.FailedSignInsPerAddress);
    private readonly AttemptLimiter _accounts = Failures(time, options.Value, options.Value.FailedSignInsPerAddress);
    private readonly AttemptLimiter _registrations = new(time, options.Value.RegistrationsPerMinute, RegistrationWindow);

    /// <summary>Counts a sign-in as failed until <see cref="DidNotFail"/>; an error when there were too many.</summary>
    public Error? BeginSignIn(string email, string address)
    {
        var pair = Pair(email, address);
        if (_pairs.TryTake(pair) is { } pairWait)
        {
            return TooMany(pairWait);
        }

        if (_addresses.TryTake(address) is { } addressWait)
        {
            _pairs.GiveBack(pair);
            return TooMany(addressWait);
        }

        if (_accounts.TryTake(email) is { } accountWait)
        {
            _pairs.GiveBack(pair);
            _addresses.GiveBack(address);
            return TooMany(accountWait);
        }

        return null;
    }

    /// <summary>The password was right, or could not be tried.</summary>
    public void DidNotFail(string email, string address)
    {
        _pairs.GiveBack(Pair(email, address));
        _addresses.GiveBack(address);
        _accounts.GiveBack(email);
    }

    /// <summary>Counts a registration; an error when there were too many.</summary>
    public Error? BeginRegistration(string address) => _registrations.TryTake(address) is { } wait ? TooMany(wait) : null;

    private static AttemptLimiter Failures(TimeProvider time, AccountsOptions options, int most) =>
        new(time, most, TimeSpan.FromMinutes(options.SignInWindowMinutes));

    private static string Pair(string email, string address) => $"{address} {email}";

    private static Error TooMany(TimeSpan wait) => new(ErrorCode.RateLimited) { RetryAfter = wait };
}
