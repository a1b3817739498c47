using Evenkeel.Accounts;
using Evenkeel.Contracts.Timeline;
using Evenkeel.Realtime;

namespace Evenkeel.Tests.Realtime;

/// <summary>Timelines in memory: everybody sees everything, but what is <c>secret</c> is for those who oversee.</summary>
internal sealed class MemoryEvents : ISessionEvents
{
    private readonly Lock _gate = new();
    private readonly Dictionary<Guid, List<SessionEvent>> _sessions = [];

    /// <summary>Runs after every read: a test can record in the middle of a catch-up.</summary>
    public Func<Task> AfterRead { get; set; } = () => Task.CompletedTask;

    public void Record(Guid session, params string[] types)
    {
        lock (_gate)
        {
            var events = Of(session);
            foreach (var type in types)
            {
                events.Add(new Recorded(session, events.Count + 1, type));
            }
        }
    }

    /// <summary>What the pump would hand on.</summary>
    public IReadOnlyList<SessionEvent> After(Guid session, long seq)
    {
        lock (_gate)
        {
            return [.. Of(session).Where(one => one.Seq > seq)];
        }
    }

    public Task<EventAccess?> OpenAsync(Caller caller, Guid sessionId, string language, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            return Task.FromResult<EventAccess?>(new EventAccess(
                caller.OrganizationId, sessionId, Of(sessionId).Count, new EventView(caller.OverseesOrganization, language)));
        }
    }

    public async Task<IReadOnlyList<SessionEvent>> ReadAfterAsync(EventAccess access, long afterSeq, int limit, CancellationToken cancellationToken)
    {
        SessionEvent[] read = [.. After(access.SessionId, afterSeq).Take(limit)];
        await AfterRead();
        return read;
    }

    private List<SessionEvent> Of(Guid session) => _sessions.TryGetValue(session, out var events) ? events : _sessions[session] = [];

    private sealed class Recorded(Guid session, long seq, string type) : SessionEvent
    {
        public override long Seq => seq;

        public override string EventType => type;

        public override TimelineEvent? For(EventView view) => type == "secret" && !view.SeesAll ? null : new()
        {
            Id = Guid.CreateVersion7(),
            Seq = seq,
            SessionId = session,
            EventType = type,
            EventStatus = TimelineEventStatus.Started,
            UserMessage = view.Language,
            Timestamp = DateTimeOffset.UnixEpoch,
        };
    }
}
