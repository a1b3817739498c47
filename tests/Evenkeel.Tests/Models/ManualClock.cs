namespace Evenkeel.Tests.Models;

/// <summary>A clock that moves only when told, and lets a test wait until the code under test waits for it.</summary>
internal sealed class ManualClock(DateTimeOffset? start = null) : TimeProvider
{
    private readonly Lock _lock = new();
    private readonly List<ManualTimer> _timers = [];
    private readonly List<(TimeSpan Due, TaskCompletionSource Armed)> _watchers = [];
    private readonly DateTimeOffset _start = start ?? DateTimeOffset.UnixEpoch.AddYears(50);
    private TimeSpan _elapsed;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => _elapsed.Ticks;

    public override DateTimeOffset GetUtcNow() => _start + _elapsed;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ManualTimer(this, () => callback(state));
        lock (_lock)
            _timers.Add(timer);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Completes when some timer has been set to just this span.</summary>
    public Task WhenSetToAsync(TimeSpan due)
    {
        lock (_lock)
        {
            if (_timers.Exists(timer => timer.Due == _elapsed + due))
                return Task.CompletedTask;
            var armed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _watchers.Add((due, armed));
            return armed.Task;
        }
    }

    public void Advance(TimeSpan span)
    {
        List<ManualTimer> due;
        lock (_lock)
        {
            _elapsed += span;
            due = _timers.FindAll(timer => timer.Due <= _elapsed);
            due.ForEach(timer => timer.Due = null);
        }
        due.ForEach(timer => timer.Fire());
    }

    private sealed class ManualTimer(ManualClock clock, Action fire) : ITimer
    {
        public TimeSpan? Due { get; set; }

        public void Fire() => fire();

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (clock._lock)
            {
                Due = dueTime == Timeout.InfiniteTimeSpan ? null : clock._elapsed + dueTime;
                foreach (var watcher in clock._watchers.FindAll(watcher => watcher.Due == dueTime))
                    watcher.Armed.TrySetResult();
            }
            return true;
        }

        public void Dispose()
        {
            lock (clock._lock)
                clock._timers.Remove(this);
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
