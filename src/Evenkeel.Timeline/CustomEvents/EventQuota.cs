using System.Collections.Concurrent;
using Evenkeel.Contracts.Errors;
using Evenkeel.Platform.Errors;
using Microsoft.Extensions.Options;

namespace Evenkeel.Timeline.CustomEvents;

/// <summary>How many events an organization may record: a bucket for each, filled evenly. Counts are this process's.</summary>
internal sealed class EventQuota(TimeProvider time, IOptions<CustomEventOptions> options)
{
    private const int MostBuckets = 10_000;

    private readonly ConcurrentDictionary<Guid, Bucket> _buckets = new();

    /// <summary>Takes so many; the refusal when there are not as many left.</summary>
    public Error? TryTake(Guid organizationId, int events, string language)
    {
        if (_buckets.Count >= MostBuckets)
        {
            // Whoever was in the middle of a storm begins anew: once.
            _buckets.Clear();
        }

        var most = options.Value.PerMinute;
        var wait = _buckets.GetOrAdd(organizationId, _ => new Bucket(most, time.GetTimestamp())).TryTake(Math.Min(events, most), most, time);
        return wait is null ? null : new Error(ErrorCode.RateLimited)
        {
            RetryAfter = wait,
            Text = language == "zh"
                ? $"自定义事件过多：本组织每分钟最多记录 {most:N0} 个。请在 {Math.Ceiling(wait.Value.TotalSeconds):N0} 秒后重试。"
                : $"Too many custom events: this organization may record {most:N0} a minute. Try again in {Math.Ceiling(wait.Value.TotalSeconds):N0} s.",
        };
    }

    private sealed class Bucket(double left, long filledAt)
    {
        private readonly Lock _gate = new();
        private double _left = left;
        private long _filledAt = filledAt;

        public TimeSpan? TryTake(int events, int perMinute, TimeProvider time)
        {
            lock (_gate)
            {
                var now = time.GetTimestamp();
                _left = Math.Min(perMinute, _left + (time.GetElapsedTime(_filledAt, now).TotalMinutes * perMinute));
                _filledAt = now;
                if (_left < events)
                {
                    return TimeSpan.FromMinutes((events - _left) / perMinute);
                }

                _left -= events;
                return null;
            }
        }
    }
}
