using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace Evenkeel.Realtime.Fanout;

/// <summary>What a session works with.</summary>
internal sealed record RabbitParts(
    FanoutOutbox Outbox, FanoutInbox Inbox, WatchedThreads Watched, WorkerLink Workers, FanoutMetrics Metrics, TimeProvider Time)
{
    /// <summary>This process, in every message.</summary>
    public required Guid Self { get; init; }
}

/// <summary>
/// One connection to the broker from its beginning to its end: it hears what it is bound to, keeps the bindings in step with the threads watched
/// here, and sends what waits in the outbox. It does not mend itself: whatever breaks ends it, and <see cref="RabbitLink"/> begins a new one.
/// </summary>
internal sealed class RabbitSession : IAsyncDisposable
{
    /// <summary>A broker that does not take a message for so long counts as gone.</summary>
    private static readonly TimeSpan WriteDeadline = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan CloseDeadline = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan DroppedNewsInterval = TimeSpan.FromSeconds(1);

    private readonly RabbitParts _parts;
    private readonly RabbitTopology _topology;
    private readonly IConnection _connection;
    private readonly IChannel _publishing;
    private readonly IChannel _listening;
    private readonly string _queue;
    private readonly SemaphoreSlim _bindingsChanged = new(0, 1);
    private readonly HashSet<Guid> _bound = [];
    private readonly TaskCompletionSource<string> _broken = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _droppedNewsAt;

    private RabbitSession(RabbitParts parts, RabbitTopology topology, IConnection connection, (IChannel Publishing, IChannel Listening) channels, string queue)
    {
        (_parts, _topology, _connection, _queue) = (parts, topology, connection, queue);
        (_publishing, _listening) = channels;
        connection.ConnectionShutdownAsync += BreakAsync;
        _publishing.ChannelShutdownAsync += BreakAsync;
        _listening.ChannelShutdownAsync += BreakAsync;
    }

    /// <summary>Connects and declares; nothing is heard or sent before <see cref="RunAsync"/>.</summary>
    public static async Task<RabbitSession> OpenAsync(RabbitParts parts, RabbitTopology topology, ConnectionFactory factory, CancellationToken cancellationToken)
    {
        var connection = await factory.CreateConnectionAsync(cancellationToken);
        try
        {
            var publishing = await connection.CreateChannelAsync(cancellationToken: cancellationToken);
            var listening = await connection.CreateChannelAsync(cancellationToken: cancellationToken);
            var queue = await topology.DeclareAsync(listening, parts.Workers.HasWorker, cancellationToken);
            return new RabbitSession(parts, topology, connection, (publishing, listening), queue);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>Hears and sends until the connection breaks or the server stops.</summary>
    /// <returns>Why it ended.</returns>
    public async Task<string> RunAsync(CancellationToken stopping)
    {
        using var ended = new CancellationTokenSource();
        await using var stop = stopping.Register(() => _broken.TrySetResult("the server stops"));
        await ListenAsync(stopping);
        _parts.Watched.ForgetChanges();
        _parts.Watched.OnChanged(NoteBindingsChanged);
        // Before the bindings: a thread that somebody begins to watch in this moment is either among all or among the changes.
        _parts.Outbox.Open();
        var sending = SendAllAsync(ended.Token);
        var binding = BindAllAsync(ended.Token);
        try
        {
            await await Task.WhenAny(_broken.Task, sending, binding);
        }
        finally
        {
            await ended.CancelAsync();
            await Task.WhenAll(sending, binding).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (stopping.IsCancellationRequested)
            {
                // The last frames of turns that were just handed back.
                await SendWaitingAsync(CancellationToken.None).WaitAsync(CloseDeadline, _parts.Time, CancellationToken.None)
                    .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }

            _parts.Watched.OnChanged(() => { });
            _parts.Outbox.Close();
        }

        return await _broken.Task;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        try
        {
            await _connection.AbortAsync(CloseDeadline);
            await _connection.DisposeAsync().AsTask().WaitAsync(CloseDeadline, _parts.Time);
        }
        catch (TimeoutException)
        {
            // A broker that stands still is not waited for; its connection ends by the missing heartbeat.
        }

        _bindingsChanged.Dispose();
    }

    private async Task ListenAsync(CancellationToken cancellationToken)
    {
        var consumer = new AsyncEventingBasicConsumer(_listening);
        consumer.ReceivedAsync += (_, delivery) =>
        {
            _parts.Inbox.Receive(_parts.Self, delivery.Body.Span);
            return Task.CompletedTask;
        };
        consumer.UnregisteredAsync += (_, _) => BreakAsync("the broker ended the subscription");
        await _listening.BasicConsumeAsync(_queue, autoAck: true, consumer, cancellationToken);
        if (_parts.Workers.HasWorker)
        {
            await _listening.BasicConsumeAsync(_topology.WakeQueue, autoAck: true, consumer, cancellationToken);
        }
    }

    private async Task SendAllAsync(CancellationToken cancellationToken)
    {
        do
        {
            await SendWaitingAsync(cancellationToken);
            if (_parts.Time.GetElapsedTime(_droppedNewsAt) >= DroppedNewsInterval && _parts.Outbox.TakeHasDropped())
            {
                _droppedNewsAt = _parts.Time.GetTimestamp();
                await SendAsync(new FanoutMessage(FanoutKind.Dropped, Guid.Empty, default), cancellationToken);
            }
        }
        while (await _parts.Outbox.WaitAsync(cancellationToken));
    }

    private async Task SendWaitingAsync(CancellationToken cancellationToken)
    {
        while (_parts.Outbox.TryTake(out var message))
        {
            await SendAsync(message.Kind == FanoutKind.SnapshotWanted ? FanoutMessage.Wanted(message.Subject, _queue) : message, cancellationToken);
        }
    }

    private async Task SendAsync(FanoutMessage message, CancellationToken cancellationToken)
    {
        var (exchange, key) = _topology.RouteOf(message);
        var write = _publishing.BasicPublishAsync(exchange, key, message.Encode(_parts.Self), cancellationToken);
        if (!write.IsCompletedSuccessfully)
        {
            await write.AsTask().WaitAsync(WriteDeadline, _parts.Time, cancellationToken);
        }

        _parts.Metrics.Published();
    }

    /// <summary>Binds all watched threads, then follows the changes.</summary>
    private async Task BindAllAsync(CancellationToken cancellationToken)
    {
        await BindAsync([.. _parts.Watched.All], cancellationToken);
        // What was missed before the bindings, of all of them: also those that were watched while the broker was away.
        _parts.Watched.LookAtAll();
        while (true)
        {
            await _bindingsChanged.WaitAsync(cancellationToken);
            var changed = new HashSet<Guid>();
            while (_parts.Watched.TryTakeChanged(out var threadId))
            {
                changed.Add(threadId);
            }

            var added = changed.Where(thread => _parts.Watched.Contains(thread)).ToList();
            await BindAsync(added, cancellationToken);
            added.ForEach(_parts.Watched.LookAt);
            foreach (var threadId in changed.Where(thread => !_parts.Watched.Contains(thread) && _bound.Remove(thread)))
            {
                await _listening.QueueUnbindAsync(_queue, _topology.Frames, RabbitTopology.KeyOf(threadId), cancellationToken: cancellationToken);
                if (_parts.Watched.Contains(threadId))
                {
                    // Watched again meanwhile: the change that says so may have been taken already.
                    _parts.Watched.Change(threadId);
                }
            }
        }
    }

    /// <summary>Only the last is waited for: the broker takes them in order, so all are then in force.</summary>
    private async Task BindAsync(List<Guid> threads, CancellationToken cancellationToken)
    {
        var fresh = threads.Where(_bound.Add).ToList();
        for (var index = 0; index < fresh.Count; index++)
        {
            await _listening.QueueBindAsync(
                _queue, _topology.Frames, RabbitTopology.KeyOf(fresh[index]), noWait: index < fresh.Count - 1, cancellationToken: cancellationToken);
        }
    }

    private void NoteBindingsChanged()
    {
        try
        {
            if (_bindingsChanged.CurrentCount == 0)
            {
                _bindingsChanged.Release();
            }
        }
        catch (Exception exception) when (exception is SemaphoreFullException or ObjectDisposedException)
        {
            // Noted already, or the session is over and the next one binds all.
        }
    }

    private Task BreakAsync(object sender, ShutdownEventArgs shutdown) => BreakAsync(shutdown.ReplyText);

    private Task BreakAsync(string reason)
    {
        _broken.TrySetResult(reason);
        return Task.CompletedTask;
    }
}
