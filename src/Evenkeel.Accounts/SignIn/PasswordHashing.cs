using System.Threading.RateLimiting;
using Evenkeel.Contracts.Accounts;
using Evenkeel.Contracts.Errors;
using Evenkeel.Platform.Errors;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Evenkeel.Accounts.SignIn;

/// <summary>
/// Hashes and verifies passwords on at most half of the processors, so that a storm of sign-ins cannot stop the chats. Those that would
/// wait too long are told to come back.
/// </summary>
internal sealed class PasswordHashing : IDisposable
{
    private const int MostWaiting = 100;
    private static readonly TimeSpan ComeBackAfter = TimeSpan.FromSeconds(5);

    private readonly ConcurrencyLimiter _limiter = new(new ConcurrencyLimiterOptions
    {
        PermitLimit = Math.Max(1, Environment.ProcessorCount / 2),
        QueueLimit = MostWaiting,
        QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
    });

    private readonly PasswordHasher<User> _hasher;
    private readonly Lazy<string> _nobodysHash;

    public PasswordHashing(IOptions<AccountsOptions> options)
    {
        _hasher = new PasswordHasher<User>(Options.Create(new PasswordHasherOptions { IterationCount = options.Value.PasswordHashIterations }));
        _nobodysHash = new Lazy<string>(() => _hasher.HashPassword(null!, Tokens.OpaqueSecret.Create()));
    }

    /// <summary>The hash to store.</summary>
    public Task<Result<string>> HashAsync(string password, CancellationToken cancellationToken) =>
        RunAsync(() => _hasher.HashPassword(null!, password), cancellationToken);

    /// <summary>Compares; without a stored hash it does the same work and says no.</summary>
    public Task<Result<PasswordVerificationResult>> VerifyAsync(string? hash, string password, CancellationToken cancellationToken) =>
        RunAsync(
            () =>
            {
                var result = _hasher.VerifyHashedPassword(null!, hash ?? _nobodysHash.Value, password);
                return hash is null ? PasswordVerificationResult.Failed : result;
            },
            cancellationToken);

    /// <inheritdoc/>
    public void Dispose() => _limiter.Dispose();

    private async Task<Result<T>> RunAsync<T>(Func<T> work, CancellationToken cancellationToken)
    {
        using var lease = await _limiter.AcquireAsync(1, cancellationToken);
        return lease.IsAcquired
            ? await Task.Run(work, cancellationToken)
            : new Error(ErrorCode.RateLimited) { RetryAfter = ComeBackAfter };
    }
}
