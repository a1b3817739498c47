using Evenkeel.Platform.Data;
using Evenkeel.Realtime;
using Evenkeel.Timeline.Reading;

namespace Evenkeel.Timeline.Live;

/// <summary>What was recorded of a watched session.</summary>
/// <param name="From">After this position.</param>
/// <param name="Rows">Ascending.</param>
/// <param name="Through">The position afterwards.</param>
internal sealed record SessionNews(EventFeedPosition From, IReadOnlyList<EventRow> Rows, long Through)
{
    /// <summary>There is more to read.</summary>
    public bool IsMore { get; init; }
}

/// <summary>Reads what is new of all watched sessions: one look at their numbers, one at the rows of those that have moved on.</summary>
internal sealed class ReadNews(Database database, ReadEvents events, TimeProvider time)
{
    private const int MostRowsOfSession = 500;

    // What is new is of now, but for what waited while the database was away: that shows by its numbers, and is read by them.
    private static readonly TimeSpan Recently = TimeSpan.FromHours(1);

    /// <summary>Those that have moved on.</summary>
    public async Task<IReadOnlyList<SessionNews>> RunAsync(IReadOnlyList<EventFeedPosition> positions, CancellationToken cancellationToken)
    {
        var byId = positions.ToDictionary(position => position.SessionId);
        var spans = await database.QueryAsync<SessionSpan>(
            DataScope.System,
            $"""
            SELECT {SessionSpan.Columns} FROM timeline_sessions s
            WHERE session_id = ANY (@sessions) AND last_seq > (SELECT seq FROM unnest(@sessions, @seqs) AS p (id, seq) WHERE p.id = s.session_id)
            """,
            new { sessions = positions.Select(position => position.SessionId).ToArray(), seqs = positions.Select(position => position.Seq).ToArray() },
            cancellationToken);
        SessionSpan[] moved = [.. spans.Where(span => byId[span.SessionId].OrganizationId == span.OrganizationId)];
        if (moved.Length == 0)
        {
            return [];
        }

        var recent = (await ReadRecentAsync(moved, byId, cancellationToken)).ToLookup(row => row.SessionId);
        var news = new List<SessionNews>(moved.Length);
        foreach (var span in moved)
        {
            news.Add(await JudgeAsync(byId[span.SessionId], span, [.. recent[span.SessionId]], cancellationToken));
        }

        return news;
    }

    private Task<IReadOnlyList<EventRow>> ReadRecentAsync(SessionSpan[] moved, Dictionary<Guid, EventFeedPosition> positions, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        return database.QueryAsync<EventRow>(
            DataScope.System,
            $"""
            SELECT c.* FROM unnest(@sessions, @seqs) AS p (session_id, seq)
            CROSS JOIN LATERAL (
                SELECT {EventRow.Columns} FROM chat_events c
                WHERE c.session_id = p.session_id AND c.seq > p.seq AND c.occurred_at >= @from AND c.occurred_at <= @to
                ORDER BY c.seq LIMIT {MostRowsOfSession}
            ) c
            ORDER BY c.session_id, c.seq
            """,
            new
            {
                sessions = moved.Select(span => span.SessionId).ToArray(),
                seqs = moved.Select(span => positions[span.SessionId].Seq).ToArray(),
                from = (now - Recently).UtcDateTime,
                to = (now + Recently).UtcDateTime,
            },
            cancellationToken);
    }

    /// <summary>Rows without a gap are all there is; where one is missing it is of another time, or was deleted.</summary>
    private async Task<SessionNews> JudgeAsync(EventFeedPosition from, SessionSpan span, IReadOnlyList<EventRow> recent, CancellationToken cancellationToken)
    {
        var isWhole = recent.Count > 0 && recent[^1].Seq - from.Seq == recent.Count && (recent.Count == MostRowsOfSession || recent[^1].Seq >= span.LastSeq);
        var rows = isWhole ? recent : await events.RunAsync(span, new EventFilter { AfterSeq = from.Seq, Limit = MostRowsOfSession }, cancellationToken);
        return rows.Count == MostRowsOfSession
            ? new SessionNews(from, rows, rows[^1].Seq) { IsMore = true }
            : new SessionNews(from, rows, Math.Max(span.LastSeq, rows is [.., var last] ? last.Seq : 0));
    }
}
