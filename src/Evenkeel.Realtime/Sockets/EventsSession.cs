using Evenkeel.Accounts;
using Evenkeel.Contracts.Frames;
using Evenkeel.Contracts.Operations;
using Evenkeel.Platform.Errors;
using Evenkeel.Realtime.Connections;
using Evenkeel.Realtime.Events;

namespace Evenkeel.Realtime.Sockets;

/// <summary>A socket to a session's timeline: everything after a <c>seq</c>, then live. API keys that may read events open it too.</summary>
internal sealed class EventsSession(SocketSessions shared, SocketConnection connection, Stream stream, string language)
    : SocketSession(shared, connection, stream, language)
{
    private EventSubscription? _events;

    /// <inheritdoc/>
    public override bool TakesCommands => false;

    /// <summary>The types named in the URL; null = all.</summary>
    public IReadOnlySet<string>? Types { get; init; }

    /// <inheritdoc/>
    public override void Release()
    {
        Leave();
        base.Release();
    }

    /// <inheritdoc/>
    public override Task ResumeAsync(long? afterSeq) => EnterAsync(afterSeq);

    /// <inheritdoc/>
    public override Task<Error?> SubscribeAsync(IReadOnlySet<string> types)
    {
        _events!.Types = types;
        return Task.FromResult<Error?>(null);
    }

    /// <inheritdoc/>
    protected override async Task<bool> EnterAsync(long? afterSeq)
    {
        var types = _events is null ? Types : _events.Types;
        Leave();
        var caller = Connection.Caller!;
        var access = Connection.ThreadId == Guid.Empty
            ? null
            : await Shared.Events.OpenAsync(caller, Connection.ThreadId, caller.Role == MemberRole.Key ? Language : caller.Locale);
        if (access is null)
        {
            Connection.Close(CloseReason.NotFound);
            return false;
        }

        var isRecovered = afterSeq <= access.LastSeq;
        _events = new EventSubscription(Connection, access, types, isRecovered ? afterSeq!.Value : access.LastSeq);
        Greet(access.LastSeq, isRecovered);
        await Shared.Events.RunAsync(_events);
        return true;
    }

    /// <inheritdoc/>
    protected override Task<SignInOutcome> CheckAsync(string token) => Shared.SignIn.CheckWithKeyAsync(token, ApiScope.EventsRead, CancellationToken.None);

    private void Leave()
    {
        if (_events is { } events)
        {
            Shared.Events.Leave(events);
        }
    }

    private void Greet(long lastSeq, bool isRecovered) => Connection.Send(new ChatStatusFrame
    {
        Event = StatusEvent.Connected,
        ThreadId = Connection.ThreadId,
        LastSeq = lastSeq,
        Recovered = isRecovered,
        ServerTime = Shared.Time.GetUtcNow(),
        TokenExpiresInSeconds = Connection.Caller!.SecondsLeft(Shared.Time),
    });
}
