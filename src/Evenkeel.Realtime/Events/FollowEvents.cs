using Evenkeel.Accounts;

namespace Evenkeel.Realtime.Events;

/// <summary>Brings a connection from a <c>seq</c> to the live events of its session, every event once and in order.</summary>
internal sealed class FollowEvents(ISessionEvents events, EventFeeds feeds)
{
    private const int Page = 200;

    /// <summary>How the caller sees the session; null = not at all.</summary>
    public Task<EventAccess?> OpenAsync(Caller caller, Guid sessionId, string language) => events.OpenAsync(caller, sessionId, language, CancellationToken.None);

    /// <summary>Sends what the subscription has not got and makes it live, unless its connection is closed on the way.</summary>
    public async Task RunAsync(EventSubscription subscription)
    {
        while (subscription.Connection.Closing is null)
        {
            var missed = await events.ReadAfterAsync(subscription.Access, subscription.Seq, Page, CancellationToken.None);
            await subscription.TakeAsync(new EncodedEvents(missed));
            if (missed.Count < Page && feeds.TryJoin(subscription))
            {
                return;
            }
        }
    }

    /// <summary>Ends it.</summary>
    public void Leave(EventSubscription subscription) => feeds.Leave(subscription);
}
