using System.Collections.Concurrent;

namespace Evenkeel.Realtime.Events;

/// <inheritdoc/>
internal sealed class EventFeeds : IEventFeeds
{
    private readonly ConcurrentDictionary<Guid, EventFeed> _feeds = new();

    /// <inheritdoc/>
    public bool IsWatched(Guid sessionId) => _feeds.ContainsKey(sessionId);

    /// <inheritdoc/>
    public IReadOnlyList<EventFeedPosition> Positions() => _feeds.IsEmpty ? [] : [.. _feeds.Values.Select(feed => feed.Position).OfType<EventFeedPosition>()];

    /// <inheritdoc/>
    public void Deliver(EventFeedPosition from, IReadOnlyList<SessionEvent> events, long through)
    {
        if (_feeds.TryGetValue(from.SessionId, out var feed))
        {
            feed.Deliver(from.Seq, events, through);
        }
    }

    /// <summary>Makes a subscription live that has everything up to its own position; false when the feed has come further: read on.</summary>
    public bool TryJoin(EventSubscription subscription)
    {
        var wait = default(SpinWait);
        while (true)
        {
            var feed = _feeds.GetOrAdd(subscription.Access.SessionId, static (_, access) => new EventFeed(access.OrganizationId, access.SessionId), subscription.Access);
            if (feed.TryJoin(subscription) is { } isLive)
            {
                return isLive;
            }

            // Its last subscription is leaving on another thread right now.
            wait.SpinOnce();
        }
    }

    /// <summary>Takes a subscription out; nothing is delivered to it once this returns.</summary>
    public void Leave(EventSubscription subscription)
    {
        if (_feeds.TryGetValue(subscription.Access.SessionId, out var feed) && feed.Leave(subscription))
        {
            _feeds.TryRemove(KeyValuePair.Create(subscription.Access.SessionId, feed));
        }
    }
}

/// <summary>One watched session: its subscriptions, and how far they have come together.</summary>
internal sealed class EventFeed(Guid organizationId, Guid sessionId)
{
    private readonly Lock _gate = new();
    private readonly List<EventSubscription> _live = [];
    private long _position;
    private bool _isOver;

    /// <summary>Null when nobody is there.</summary>
    public EventFeedPosition? Position
    {
        get
        {
            lock (_gate)
            {
                return _live.Count == 0 ? null : new EventFeedPosition(organizationId, sessionId, _position);
            }
        }
    }

    /// <summary>Whether the subscription is live now; null when the feed is over and a new one must be made.</summary>
    public bool? TryJoin(EventSubscription subscription)
    {
        lock (_gate)
        {
            if (_isOver)
            {
                return null;
            }

            if (_live.Count == 0)
            {
                _position = subscription.Seq;
            }
            else if (subscription.Seq < _position)
            {
                return false;
            }

            _live.Add(subscription);
            return true;
        }
    }

    /// <summary>True when it was the last.</summary>
    public bool Leave(EventSubscription subscription)
    {
        lock (_gate)
        {
            _isOver |= _live.Remove(subscription) && _live.Count == 0;
            return _isOver;
        }
    }

    public void Deliver(long from, IReadOnlyList<SessionEvent> events, long through)
    {
        lock (_gate)
        {
            // Who began the feed anew is further back than what was read: the next read begins there.
            if (_position < from || _position >= through)
            {
                return;
            }

            var encoded = new EncodedEvents(events);
            foreach (var subscription in _live)
            {
                subscription.Take(encoded);
            }

            _position = through;
        }
    }
}
