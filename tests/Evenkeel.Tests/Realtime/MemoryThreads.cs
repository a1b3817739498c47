using System.Collections.Concurrent;
using Evenkeel.Accounts;
using Evenkeel.Contracts.Chats;
using Evenkeel.Contracts.Frames;
using Evenkeel.Platform.Errors;
using Evenkeel.Realtime;

namespace Evenkeel.Tests.Realtime;

/// <summary>Durable frames in memory: committed is what was appended, published is what the test then tells the broadcaster.</summary>
internal sealed class MemoryThreads : IDurableFrames, IClientCommands
{
    private readonly Lock _gate = new();
    private readonly ConcurrentDictionary<Guid, (Guid OrganizationId, List<Frame> Frames)> _threads = new();

    /// <summary>Runs before every read, outside of any lock: a test can commit or publish in the middle of a catch-up, or wait.</summary>
    public Func<Task> BeforeRead { get; set; } = () => Task.CompletedTask;

    public int Reads;

    public ConcurrentQueue<(string Type, ClientFrame? Frame, Guid? TurnId)> Commands { get; } = new();

    public Error? Refusal { get; set; }

    public Guid NewThread(Guid organizationId)
    {
        var id = Guid.CreateVersion7();
        _threads[id] = (organizationId, []);
        return id;
    }

    /// <summary>Commits a message and gives its frame.</summary>
    public ChatMessageFrame Commit(Guid threadId, Guid turnId, string text, string role = "assistant")
    {
        var frames = _threads[threadId].Frames;
        lock (_gate)
        {
            var frame = new ChatMessageFrame
            {
                Seq = frames.Count + 1,
                Id = Guid.CreateVersion7(),
                Role = role,
                Text = text,
                Status = MessageStatus.Complete,
                TurnId = turnId,
                CreatedAt = DateTimeOffset.UnixEpoch,
            };
            frames.Add(frame);
            return frame;
        }
    }

    public async Task<ThreadPosition?> FindThreadAsync(Caller caller, Guid threadId, CancellationToken cancellationToken)
    {
        await BeforeRead();
        if (!_threads.TryGetValue(threadId, out var thread) || thread.OrganizationId != caller.OrganizationId)
        {
            return null;
        }

        lock (_gate)
        {
            return new ThreadPosition(thread.OrganizationId, thread.Frames.Count);
        }
    }

    public async Task<IReadOnlyList<Frame>> ReadAfterAsync(
        Guid organizationId, Guid threadId, long afterSeq, int limit, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref Reads);
        await BeforeRead();
        var frames = _threads[threadId].Frames;
        lock (_gate)
        {
            return [.. frames.Skip((int)afterSeq).Take(limit)];
        }
    }

    public async Task<IReadOnlyList<Frame>> ReadNewestAsync(Guid organizationId, Guid threadId, int limit, CancellationToken cancellationToken)
    {
        await BeforeRead();
        var frames = _threads[threadId].Frames;
        lock (_gate)
        {
            return [.. frames.TakeLast(limit)];
        }
    }

    /// <summary>Whether somebody will go on with the turns asked for.</summary>
    public bool Carries { get; set; } = true;

    /// <summary>Whether the turns asked for have ended.</summary>
    public bool HasEnded { get; set; }

    /// <summary>How often it was asked for turns that have ended.</summary>
    public int LooksAtEnds;

    public Task<StoredState> LookAsync(IReadOnlyCollection<Guid> threads, IReadOnlyCollection<Guid> turns, CancellationToken cancellationToken)
    {
        LooksAtEnds += HasEnded && turns.Count > 0 ? 1 : 0;
        var open = from turn in turns
                   from thread in threads
                   select new StoredTurn
                   {
                       Id = turn,
                       ThreadId = thread,
                       CorrelationId = Guid.Empty,
                       Language = "en",
                       HasEnded = HasEnded,
                       IsRunning = Carries,
                       IsCarried = Carries,
                       Attempt = 0,
                       Ahead = 0,
                   };
        return Task.FromResult(new StoredState([], [.. open]));
    }

    public Task<Error?> SendAsync(Caller caller, Guid threadId, ClientFrame frame, string language, CancellationToken cancellationToken)
    {
        Commands.Enqueue(("send", frame, null));
        return Task.FromResult(Refusal);
    }

    public Task<Error?> StopAsync(Caller caller, Guid threadId, Guid? turnId, CancellationToken cancellationToken)
    {
        Commands.Enqueue(("stop", null, turnId));
        return Task.FromResult(Refusal);
    }
}
