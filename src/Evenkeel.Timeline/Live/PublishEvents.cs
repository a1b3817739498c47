using Evenkeel.Platform.Background;
using Evenkeel.Realtime;
using Evenkeel.Timeline.CustomEvents;
using Evenkeel.Timeline.Recording;
using Microsoft.Extensions.Logging;

namespace Evenkeel.Timeline.Live;

/// <summary>
/// Sends events to the sockets that follow their sessions. It reads the same rows as the REST endpoints, by <c>seq</c>, which is given out under the
/// session's row lock: nothing can appear behind the position already read. What this process commits wakes it; what others commit it finds by looking
/// several times a second. Without anybody who watches it reads nothing.
/// </summary>
internal sealed class PublishEvents(ReadNews news, EventTypeBooks books, IEventFeeds feeds, RecordedSessions recorded, TimeProvider time, ILogger<PublishEvents> logger)
    : BackgroundLoop(time, logger, TimeSpan.FromMilliseconds(150))
{
    /// <inheritdoc/>
    public override Task StartAsync(CancellationToken cancellationToken)
    {
        recorded.Listen(sessions =>
        {
            if (sessions.Any(feeds.IsWatched))
            {
                Wake();
            }
        });
        return base.StartAsync(cancellationToken);
    }

    /// <inheritdoc/>
    protected override async Task<bool> RunOnceAsync(CancellationToken cancellationToken)
    {
        var positions = feeds.Positions();
        if (positions.Count == 0)
        {
            return false;
        }

        var isMore = false;
        foreach (var session in await news.RunAsync(positions, cancellationToken))
        {
            var types = await books.OfAsync(session.From.OrganizationId, cancellationToken);
            feeds.Deliver(session.From, [.. session.Rows.Select(row => new StoredEvent(row, types))], session.Through);
            isMore |= session.IsMore;
        }

        return isMore;
    }
}
