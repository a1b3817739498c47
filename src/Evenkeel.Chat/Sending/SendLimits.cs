using System.Threading.RateLimiting;
using Evenkeel.Contracts.Errors;
using Evenkeel.Platform.Errors;
using Microsoft.Extensions.Options;

namespace Evenkeel.Chat.Sending;

/// <summary>How often one person may send, counted in this process.</summary>
internal sealed class SendLimits : IDisposable
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly PartitionedRateLimiter<Guid> _limiter;

    public SendLimits(IOptions<ChatOptions> options)
    {
        var most = options.Value.SendsPerMinute;
        _limiter = PartitionedRateLimiter.Create<Guid, Guid>(userId => most == 0
            ? RateLimitPartition.GetNoLimiter(userId)
            : RateLimitPartition.GetTokenBucketLimiter(userId, _ => new TokenBucketRateLimiterOptions
            {
                // The whole minute's allowance may come at once, then refills evenly.
                TokenLimit = most,
                TokensPerPeriod = 1,
                ReplenishmentPeriod = Window / most,
                QueueLimit = 0,
            }));
    }

    /// <summary>Counts a send; the refusal when there were too many.</summary>
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
