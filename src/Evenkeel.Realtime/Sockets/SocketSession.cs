using Evenkeel.Contracts.Frames;
using Evenkeel.Platform.Errors;
using Evenkeel.Realtime.Connections;
using Evenkeel.Realtime.Events;
using Evenkeel.Realtime.Live;

namespace Evenkeel.Realtime.Sockets;

/// <summary>What sessions need; one instance for all.</summary>
internal sealed record SocketSessions(
    SignIn SignIn, ConnectionRegistry Registry, LiveThreads Threads, IDurableFrames Frames, CatchUp CatchUp, ClientFrames ClientFrames, ConnectionLog Log,
    FollowEvents Events, TimeProvider Time);

/// <summary>The life of one socket: sign in, catch up, then read what the client sends until one side ends it. What is caught up with is said by those below.</summary>
internal abstract class SocketSession(SocketSessions shared, SocketConnection connection, Stream stream, string language)
{
    private Guid? _signedInUser;

    /// <summary>What ended the connection when it was not the server.</summary>
    public string EndedBy { get; private set; } = "connection_lost";

    public SocketConnection Connection => connection;

    /// <summary>For texts to this client.</summary>
    public string Language => language;

    /// <summary>Whether the client may send and stop.</summary>
    public abstract bool TakesCommands { get; }

    protected SocketSessions Shared => shared;

    public async Task RunAsync(Opening opening)
    {
        var reader = new SocketReader(stream, shared.ClientFrames.MaxBytes);
        var rate = shared.ClientFrames.NewRate();
        try
        {
            if (opening.Token is not null && connection.Closing is null)
            {
                await OpenAsync(opening);
            }

            while (await reader.ReadAsync(CancellationToken.None) is var message && message.Kind != Incoming.End)
            {
                connection.Saw(message.Kind);
                if (!shared.ClientFrames.TryTake(ref rate))
                {
                    connection.Close(CloseReason.TooManyFrames);
                }

                if (!await TakeAsync(message, opening))
                {
                    return;
                }
            }
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException)
        {
            // The network connection broke, or was dropped by us: the log line says which.
        }
        catch (Exception exception)
        {
            shared.Log.Failed(connection, exception);
            connection.Close(CloseReason.StoreUnavailable);
            await LingerAsync(reader);
        }
        finally
        {
            reader.Release();
        }
    }

    /// <summary>Gives back what the session holds.</summary>
    public virtual void Release()
    {
        if (_signedInUser is { } user)
        {
            shared.Registry.SignOut(user);
        }
    }

    /// <summary>First sign-in: by token in the URL or by the first frame.</summary>
    public async Task OpenAsync(Opening opening)
    {
        var (caller, refusal) = await CheckAsync(opening.Token!);
        if (caller is null || !shared.Registry.TrySignIn(caller.UserId))
        {
            connection.Close(refusal ?? CloseReason.TooManyConnections);
            return;
        }

        (_signedInUser, connection.Caller) = (caller.UserId, caller);
        if (await EnterAsync(opening.AfterSeq))
        {
            shared.Log.Opened(connection, opening.AfterSeq);
        }
    }

    /// <summary>A valid token of the same person keeps the connection open beyond the old one's end.</summary>
    public async Task RenewAsync(string token, TimeProvider time)
    {
        var (caller, refusal) = await CheckAsync(token);
        if (caller is null)
        {
            connection.Close(refusal!);
        }
        else if (caller.UserId != connection.Caller!.UserId || caller.OrganizationId != connection.Caller.OrganizationId)
        {
            connection.Close(CloseReason.Forbidden);
        }
        else
        {
            connection.Caller = caller;
            connection.Send(new TokenRenewedFrame { ExpiresInSeconds = caller.SecondsLeft(time) ?? int.MaxValue });
        }
    }

    /// <summary>Again from <paramref name="afterSeq"/>: the same as reconnecting, without the network's part.</summary>
    public abstract Task ResumeAsync(long? afterSeq);

    /// <summary>Timeline events of these types from now on; none when empty.</summary>
    /// <returns>Why not.</returns>
    public abstract Task<Error?> SubscribeAsync(IReadOnlySet<string> types);

    /// <summary>Somebody has signed in.</summary>
    /// <returns>False when the connection was closed.</returns>
    protected abstract Task<bool> EnterAsync(long? afterSeq);

    /// <summary>Who shows this token.</summary>
    protected virtual Task<SignInOutcome> CheckAsync(string token) => shared.SignIn.CheckAsync(token, CancellationToken.None);

    /// <summary>False when the connection is over.</summary>
    private async Task<bool> TakeAsync(SocketMessage message, Opening opening)
    {
        switch (message.Kind)
        {
            case Incoming.Close:
                connection.AnswerClose(message.Payload.Span);
                EndedBy = "client_closed";
                return false;
            case Incoming.Ping:
                connection.SendPong(message.Payload.Span);
                return true;
            case Incoming.Violation:
                connection.Close(message.Violation!);
                // What follows a broken frame cannot be read: only the end is waited for.
                await DiscardAsync();
                return false;
            case Incoming.Text when connection.Closing is null:
                await shared.ClientFrames.TakeAsync(this, message.Payload, opening.AfterSeq);
                return true;
            default:
                return true;
        }
    }

    private async Task LingerAsync(SocketReader reader)
    {
        reader.Release();
        try
        {
            await DiscardAsync();
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException)
        {
            // As in RunAsync.
        }
    }

    /// <summary>Reads and drops until the client ends; closing at once could destroy the close frame on its way (RFC 6455, section 7.1.1).</summary>
    private async Task DiscardAsync()
    {
        var buffer = new byte[1024];
        while (await stream.ReadAsync(buffer) > 0)
        {
        }
    }
}
