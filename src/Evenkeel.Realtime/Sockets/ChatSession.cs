using Evenkeel.Contracts.Errors;
using Evenkeel.Platform.Errors;
using Evenkeel.Realtime.Connections;
using Evenkeel.Realtime.Events;
using Evenkeel.Realtime.Live;

namespace Evenkeel.Realtime.Sockets;

/// <summary>A socket to a thread: its messages and running answers, and on request its timeline's events.</summary>
internal sealed class ChatSession(SocketSessions shared, SocketConnection connection, Stream stream, string language)
    : SocketSession(shared, connection, stream, language)
{
    private LiveThread? _thread;
    private EventSubscription? _events;

    /// <inheritdoc/>
    public override bool TakesCommands => true;

    /// <inheritdoc/>
    public override void Release()
    {
        if (_events is { } events)
        {
            Shared.Events.Leave(events);
        }

        if (_thread is { } thread)
        {
            thread.Leave(Connection);
            Shared.Threads.Release(thread);
        }

        base.Release();
    }

    /// <inheritdoc/>
    public override Task ResumeAsync(long? afterSeq)
    {
        _thread!.Leave(Connection);
        return CatchUpAsync(afterSeq);
    }

    /// <inheritdoc/>
    public override async Task<Error?> SubscribeAsync(IReadOnlySet<string> types)
    {
        if (_events is not null)
        {
            _events.Types = types;
        }
        else if (types.Count > 0)
        {
            // What was before is read by REST, or on a socket of its own.
            var caller = Connection.Caller!;
            if (await Shared.Events.OpenAsync(caller, Connection.ThreadId, caller.Locale) is not { } access)
            {
                return new Error(ErrorCode.NotFound);
            }

            _events = new EventSubscription(Connection, access, types, access.LastSeq);
            await Shared.Events.RunAsync(_events);
        }

        return null;
    }

    /// <inheritdoc/>
    protected override Task<bool> EnterAsync(long? afterSeq)
    {
        _thread = Shared.Threads.Hold(Connection.ThreadId);
        return CatchUpAsync(afterSeq);
    }

    private async Task<bool> CatchUpAsync(long? afterSeq)
    {
        var position = Connection.ThreadId == Guid.Empty
            ? null
            : await Shared.Frames.FindThreadAsync(Connection.Caller!, Connection.ThreadId, CancellationToken.None);
        if (position is null)
        {
            Connection.Close(CloseReason.NotFound);
            return false;
        }

        await Shared.CatchUp.RunAsync(Connection, _thread!, position, afterSeq);
        return true;
    }
}
