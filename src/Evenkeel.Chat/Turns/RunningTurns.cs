using System.Collections.Concurrent;

namespace Evenkeel.Chat.Turns;

/// <summary>Why a running turn was interrupted.</summary>
internal enum Interruption
{
    None,

    /// <summary>The person stopped it: keep what was written.</summary>
    Stop,

    /// <summary>This worker goes away: hand the turn back.</summary>
    Shutdown,

    /// <summary>The turn is somebody else's now: write nothing.</summary>
    Lost,
}

/// <summary>A turn under way in this process, and the means to interrupt it.</summary>
internal sealed class RunningTurn(Turn turn, Guid workerId) : IDisposable
{
    private readonly CancellationTokenSource _cancellation = new();
    private int _interruption;

    /// <summary>The turn with its current attempt.</summary>
    public Turn Turn { get; private set; } = turn;

    /// <summary>The worker id under which it was claimed: part of the fencing token.</summary>
    public Guid WorkerId { get; } = workerId;

    public CancellationToken Token => _cancellation.Token;

    public Interruption Interruption => (Interruption)Volatile.Read(ref _interruption);

    /// <summary>The turn begins again here under a new attempt (<see cref="RestartTurn"/>).</summary>
    public void BeginAttempt(int attempt) => Turn = Turn with { Attempt = attempt };

    /// <summary>Interrupts the turn; the first reason counts. Does nothing when the turn is over.</summary>
    public void Interrupt(Interruption reason)
    {
        if (Interlocked.CompareExchange(ref _interruption, (int)reason, (int)Interruption.None) != (int)Interruption.None)
        {
            return;
        }

        try
        {
            _cancellation.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // It ended between the look at the running turns and now.
        }
    }

    public void Dispose() => _cancellation.Dispose();
}

/// <summary>The turns under way in this process.</summary>
internal sealed class RunningTurns
{
    private readonly ConcurrentDictionary<Guid, Entry> _turns = new();

    public int Count => _turns.Count;

    public IReadOnlyList<RunningTurn> All => [.. _turns.Values.Select(entry => entry.Running)];

    /// <summary>How many of each organization.</summary>
    public IReadOnlyDictionary<Guid, int> ByOrganization() =>
        _turns.Values.CountBy(entry => entry.Running.Turn.OrganizationId).ToDictionary();

    /// <summary>Starts a turn; <paramref name="ended"/> is called when it is over.</summary>
    public void Start(RunningTurn running, Func<RunningTurn, Task> run, Action ended)
    {
        var entry = new Entry(running);
        if (_turns.TryGetValue(running.Turn.Id, out var earlier))
        {
            // Claimed again while the run that had lost its lease still goes on here.
            earlier.Running.Interrupt(Interruption.Lost);
        }

        _turns[running.Turn.Id] = entry;
        entry.Task = RunAsync();

        async Task RunAsync()
        {
            await Task.Yield();
            try
            {
                await run(running);
            }
            finally
            {
                _turns.TryRemove(new KeyValuePair<Guid, Entry>(running.Turn.Id, entry));
                running.Dispose();
                ended();
            }
        }
    }

    /// <summary>Stops a turn if it runs here.</summary>
    public bool Stop(Guid turnId)
    {
        if (!_turns.TryGetValue(turnId, out var entry))
        {
            return false;
        }

        entry.Running.Interrupt(Interruption.Stop);
        return true;
    }

    /// <summary>Waits for everything under way to end.</summary>
    public Task WhenAllEndedAsync() => Task.WhenAll(_turns.Values.Select(entry => entry.Task));

    private sealed class Entry(RunningTurn running)
    {
        public RunningTurn Running { get; } = running;

        public Task Task { get; set; } = Task.CompletedTask;
    }
}
