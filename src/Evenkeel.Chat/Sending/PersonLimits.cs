using System.Threading.RateLimiting;
using Evenkeel.Contracts.Errors;
using Evenkeel.Platform.Errors;

namespace Evenkeel.Chat.Sending;

/// <summary>How often one person may do something, counted in this process.</summary>
internal abstract class PersonLimits : IDisposable
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly PartitionedRateLimiter<Guid> _limiter;

    /// <param name="perMinute">0 = no limit.</param>
    protected PersonLimits(int perMinute) =>
        _limiter = PartitionedRateLimiter.Create<Guid, Guid>(userId => perMinute == 0
            ? RateLimitPartition.GetNoLimiter(userId)
            : RateLimitPartition.GetTokenBucketLimiter(userId, _ => new TokenBucketRateLimiterOptions
            {
                // The whole minute's allowance may come at once, then refills evenly.
                TokenLimit = perMinute,
                TokensPerPeriod = 1,
                ReplenishmentPeriod = Window / perMinute,
                QueueLimit = 0,
            }));

    /// <summary>Counts one; the refusal when there were too many.</summary>
    public Error? Refuse(Guid userId)
    {
        using var lease = _limiter.AttemptAcquire(userId);
        if (lease.IsAcquired)
        {
            return null;
        }

        var wait = lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? after : TimeSpan.FromSeconds(1);
        return new Error(ErrorCode.RateLimited) { RetryAfter = wait };
    }

    public void Dispose() => _limiter.Dispose();
}
