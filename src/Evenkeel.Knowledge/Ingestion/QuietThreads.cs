using System.Collections.Concurrent;
using System.Runtime.InteropServices;

namespace Evenkeel.Knowledge.Ingestion;

/// <summary>
/// Threads that give way to turns: work on them, with its continuations, gets the processor when nothing else wants it. Few, so that a busy
/// machine has the rest for itself.
/// </summary>
internal sealed class QuietThreads : TaskScheduler, IDisposable
{
    // Half of what a nice value can do: about a tenth of the processor time of an ordinary thread that competes with it.
    private const int Niceness = 10;

    private readonly BlockingCollection<Task> _tasks = [];
    private readonly List<Thread> _threads;

    public QuietThreads()
    {
        _threads = [.. Enumerable.Range(0, Math.Max(1, Environment.ProcessorCount / 2)).Select(number => new Thread(Run)
        {
            IsBackground = true, Name = $"quiet {number}", Priority = ThreadPriority.BelowNormal,
        })];
        _threads.ForEach(thread => thread.Start());
    }

    /// <inheritdoc/>
    public override int MaximumConcurrencyLevel => _threads.Count;

    /// <summary>Runs asynchronous work with all its continuations here.</summary>
    public Task RunAsync(Func<Task> work) =>
        Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.DenyChildAttach, this).Unwrap();

    /// <inheritdoc/>
    public void Dispose() => _tasks.CompleteAdding();

    /// <inheritdoc/>
    protected override void QueueTask(Task task)
    {
        if (_tasks.IsAddingCompleted)
        {
            // The process stops; what still runs ends on ordinary threads.
            ThreadPool.UnsafeQueueUserWorkItem(_ => TryExecuteTask(task), null);
            return;
        }

        _tasks.Add(task);
    }

    /// <inheritdoc/>
    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) => false;

    /// <inheritdoc/>
    protected override IEnumerable<Task> GetScheduledTasks() => [.. _tasks];

    private void Run()
    {
        if (OperatingSystem.IsLinux())
        {
            // Linux knows niceness by thread, and .NET's thread priorities do nothing there. Without effect where it is refused.
            _ = SetPriority(0, 0, Niceness);
        }

        foreach (var task in _tasks.GetConsumingEnumerable())
        {
            TryExecuteTask(task);
        }
    }

    /// <summary>setpriority(2) with PRIO_PROCESS and 0: the calling thread.</summary>
    [DllImport("libc", EntryPoint = "setpriority", SetLastError = true)]
    private static extern int SetPriority(int which, uint who, int niceness);
}
