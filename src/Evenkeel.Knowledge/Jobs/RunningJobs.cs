using System.Collections.Concurrent;

namespace Evenkeel.Knowledge.Jobs;

/// <summary>The jobs under way in this process.</summary>
internal sealed class RunningJobs
{
    private readonly ConcurrentDictionary<(Guid Id, int Attempt), Entry> _jobs = new();

    public IReadOnlyList<Job> All => [.. _jobs.Values.Select(entry => entry.Job)];

    public int CountOf(string lane) => _jobs.Values.Count(entry => entry.Job.Lane == lane);

    /// <summary>Starts a job; <paramref name="run"/> never throws.</summary>
    public void Start(Job job, Func<CancellationToken, Task> run, Action ended)
    {
        var entry = new Entry(job);
        _jobs[(job.Id, job.Attempt)] = entry;
        entry.Task = RunAsync();

        async Task RunAsync()
        {
            await Task.Yield();
            try
            {
                await run(entry.Cancellation.Token);
            }
            finally
            {
                _jobs.TryRemove((job.Id, job.Attempt), out _);
                ended();
            }
        }
    }

    public void Interrupt(Job job)
    {
        if (_jobs.TryGetValue((job.Id, job.Attempt), out var entry))
        {
            entry.Cancellation.Cancel();
        }
    }

    /// <summary>Interrupts everything and waits for its end.</summary>
    public Task InterruptAllAsync()
    {
        var entries = _jobs.Values.ToArray();
        foreach (var entry in entries)
        {
            entry.Cancellation.Cancel();
        }

        return Task.WhenAll(entries.Select(entry => entry.Task));
    }

    private sealed class Entry(Job job)
    {
        public Job Job { get; } = job;

        // Not disposed: it may be cancelled by somebody who found it a moment before its end, and holds nothing but memory.
        public CancellationTokenSource Cancellation { get; } = new();

        public Task Task { get; set; } = Task.CompletedTask;
    }
}
