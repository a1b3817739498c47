using Evenkeel.Contracts.Frames;
using Evenkeel.Realtime.Frames;
using Evenkeel.Realtime.Live;
using Microsoft.Extensions.Options;

namespace Evenkeel.Realtime.Connections;

/// <summary>
/// Brings a connection from where its client stopped to the live flow: greeting, durable frames, state and text of running turns, then
/// live. The thread is held before its position is read, and admits the connection only when nothing was published that it has not got:
/// so nothing can fall between the rows and the flow.
/// </summary>
internal sealed class CatchUp(IDurableFrames frames, IOptions<RealtimeOptions> options, TimeProvider time)
{
    private const int Page = 100;
    private const int WriteBytes = 64 * 1024;

    /// <summary>Greets and catches up. The connection is live afterwards, unless it was closed on the way.</summary>
    /// <returns>The turns whose last durable frame was replayed.</returns>
    public async Task<IReadOnlySet<Guid>> RunAsync(Connection connection, LiveThread thread, ThreadPosition position, long? afterSeq)
    {
        var answered = new HashSet<Guid>();
        long caughtUp;
        if (afterSeq is { } after && after <= position.LastSeq && IsNear(connection, position.LastSeq - after))
        {
            Greet(connection, position.LastSeq, recovered: true);
            caughtUp = after;
        }
        else
        {
            var newest = await frames.ReadNewestAsync(
                position.OrganizationId, thread.Id, options.Value.SnapshotFrames, CancellationToken.None);
            var page = newest.Select(EncodedFrame.Of).ToList();
            caughtUp = Math.Max(position.LastSeq, page is [.., var last] ? last.Seq : 0);
            Greet(connection, caughtUp, recovered: false, page is [var first, ..] ? first.Seq : null);
            await SendAsync(connection, page, answered);
        }

        await FollowAsync(connection, thread, position with { LastSeq = Math.Max(caughtUp, position.LastSeq) }, caughtUp, answered);
        return answered;
    }

    /// <summary>A stream of one turn has no use for a page of others, however old its turn is.</summary>
    private bool IsNear(Connection connection, long missed) => missed <= options.Value.ResumeWindow || connection.OnlyTurn is not null;

    private async Task FollowAsync(Connection connection, LiveThread thread, ThreadPosition target, long caughtUp, HashSet<Guid> answered)
    {
        while (connection.Closing is null)
        {
            while (caughtUp < target.LastSeq && connection.Closing is null)
            {
                var rows = await frames.ReadAfterAsync(target.OrganizationId, thread.Id, caughtUp, Page, CancellationToken.None);
                await SendAsync(connection, [.. rows.Select(EncodedFrame.Of)], answered);
                // No rows below the position: they were deleted since.
                caughtUp = rows.Count == 0 ? target.LastSeq : EncodedFrame.SeqOf(rows[^1]);
            }

            var admission = thread.TryGoLive(connection, new CaughtUp(frames, target.OrganizationId, caughtUp, answered));
            if (admission.IsLive)
            {
                return;
            }

            await admission.Retry;
            target = target with { LastSeq = Math.Max(caughtUp, admission.LastSeq) };
        }
    }

    /// <summary>Writes in pieces at the client's pace, so that a long replay never counts as a slow client.</summary>
    private static async Task SendAsync(Connection connection, List<EncodedFrame> rows, HashSet<Guid> answered)
    {
        var piece = new List<EncodedFrame>();
        var bytes = 0;
        foreach (var row in rows)
        {
            if (row is { IsFinal: true, TurnId: { } turnId })
            {
                answered.Add(turnId);
            }

            piece.Add(row);
            bytes += row.Bytes(connection.Transport).Length;
            if (bytes >= WriteBytes)
            {
                await connection.SendAsync(piece);
                piece.Clear();
                bytes = 0;
            }
        }

        await connection.SendAsync(piece);
    }

    private void Greet(Connection connection, long lastSeq, bool recovered, long? snapshotFrom = null)
    {
        var now = time.GetUtcNow();
        connection.Send(new ChatStatusFrame
        {
            Event = StatusEvent.Connected,
            ThreadId = connection.ThreadId,
            LastSeq = lastSeq,
            Recovered = recovered,
            SnapshotFromSeq = snapshotFrom,
            ServerTime = now,
            TokenExpiresInSeconds = Math.Max(0, (int)(connection.Caller!.TokenExpiresAt - now).TotalSeconds),
        });
    }
}
