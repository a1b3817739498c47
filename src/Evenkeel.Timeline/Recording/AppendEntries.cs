using System.Text;
using Evenkeel.Platform.Data;
using Evenkeel.Platform.Identifiers;
using Npgsql;
using NpgsqlTypes;

namespace Evenkeel.Timeline.Recording;

/// <summary>
/// The statements that write entries as a part of somebody's transaction, or where they cannot be copied: <see cref="CopyEntries"/> is faster, but takes round
/// trips of its own.
/// </summary>
internal sealed class AppendEntries(PrepareEntries prepare, IdSource ids)
{
    // What a turn writes: a window, a sort and two joins less than below, of which there is nothing to be gained for one session.
    private const string InsertEntriesOfOne =
        """
        WITH bumped AS (
            INSERT INTO timeline_sessions AS s (session_id, organization_id, last_seq, first_at, last_at) VALUES ($1, $2, cardinality($5), $3, $4)
            ON CONFLICT (session_id) DO UPDATE SET last_seq = s.last_seq + excluded.last_seq,
                first_at = least(s.first_at, excluded.first_at), last_at = greatest(s.last_at, excluded.last_at)
            RETURNING last_seq
        )
        INSERT INTO chat_events (
            id, organization_id, session_id, seq, message_id, turn_id, correlation_id, occurred_at, processing_ms, attempt,
            event_type, event_status, error_type, error_severity, event_data, retention)
        SELECT e.id, $2, $1, b.last_seq - cardinality($5) + e.place,
               e.message_id, e.turn_id, e.correlation_id, e.occurred_at, e.processing_ms, e.attempt,
               e.event_type, e.event_status, e.error_type, e.error_severity, e.event_data::jsonb, e.retention
        FROM bumped b, unnest($5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17) WITH ORDINALITY
            AS e (id, message_id, turn_id, correlation_id, occurred_at, processing_ms, attempt,
                  event_type, event_status, error_type, error_severity, event_data, retention, place)
        """;

    // "bumped" locks one row per session, ascending, so that concurrent writers wait for each other in one order; the last number it
    // returns minus the session's entries here is where this write's numbers begin.
    private const string InsertEntries =
        """
        WITH entry AS (
            SELECT * FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15) WITH ORDINALITY
                AS e (organization_id, session_id, id, message_id, turn_id, correlation_id, occurred_at, processing_ms, attempt,
                      event_type, event_status, error_type, error_severity, event_data, retention, place)
        ), counted AS (
            SELECT session_id, organization_id, count(*) AS entries, min(occurred_at) AS first_at, max(occurred_at) AS last_at
            FROM entry GROUP BY session_id, organization_id
        ), bumped AS (
            INSERT INTO timeline_sessions AS s (session_id, organization_id, last_seq, first_at, last_at)
            SELECT session_id, organization_id, entries, first_at, last_at FROM counted ORDER BY session_id
            ON CONFLICT (session_id) DO UPDATE SET last_seq = s.last_seq + excluded.last_seq,
                first_at = least(s.first_at, excluded.first_at), last_at = greatest(s.last_at, excluded.last_at)
            RETURNING session_id, last_seq
        )
        INSERT INTO chat_events (
            id, organization_id, session_id, seq, message_id, turn_id, correlation_id, occurred_at, processing_ms, attempt,
            event_type, event_status, error_type, error_severity, event_data, retention)
        SELECT e.id, e.organization_id, e.session_id,
               b.last_seq - c.entries + row_number() OVER (PARTITION BY e.session_id ORDER BY e.place),
               e.message_id, e.turn_id, e.correlation_id, e.occurred_at, e.processing_ms, e.attempt,
               e.event_type, e.event_status, e.error_type, e.error_severity, e.event_data::jsonb, e.retention
        FROM entry e JOIN counted c USING (session_id) JOIN bumped b USING (session_id)
        """;

    /// <summary>Adds the statement to a batch.</summary>
    public void AddTo(ScopedBatch batch, IReadOnlyList<TimelineEntry> recorded)
    {
        var entries = new PreparedEntry[recorded.Count];
        for (var index = 0; index < entries.Length; index++)
        {
            entries[index] = prepare.Of(recorded[index]);
        }

        var (session, organization) = (recorded[0].SessionId, recorded[0].OrganizationId);
        if (recorded.All(entry => entry.SessionId == session))
        {
            batch.Add(
                InsertEntriesOfOne,
                [
                    Sql.Value(session), Sql.Value(organization), Sql.Time(recorded.Min(entry => entry.Timestamp)), Sql.Time(recorded.Max(entry => entry.Timestamp)),
                    .. Columns(entries),
                ]);
        }
        else
        {
            batch.Add(
                InsertEntries,
                [
                    Column(entries, row => row.Entry.OrganizationId, NpgsqlDbType.Uuid), Column(entries, row => row.Entry.SessionId, NpgsqlDbType.Uuid),
                    .. Columns(entries),
                ]);
        }
    }

    private NpgsqlParameter[] Columns(PreparedEntry[] entries) =>
    [
        Column(entries, _ => ids.Next(), NpgsqlDbType.Uuid),
        Column(entries, row => row.Entry.MessageId, NpgsqlDbType.Uuid),
        Column(entries, row => row.Entry.TurnId, NpgsqlDbType.Uuid),
        Column(entries, row => row.Entry.CorrelationId, NpgsqlDbType.Uuid),
        Column(entries, row => row.Entry.Timestamp.UtcDateTime, NpgsqlDbType.TimestampTz),
        Column(entries, row => row.Entry.ProcessingTime?.TotalMilliseconds, NpgsqlDbType.Double),
        Column(entries, row => row.Entry.Attempt, NpgsqlDbType.Integer),
        Column(entries, row => row.Entry.EventType, NpgsqlDbType.Text),
        Column(entries, row => row.Entry.EventStatus, NpgsqlDbType.Text),
        Column(entries, row => row.ErrorType, NpgsqlDbType.Text),
        Column(entries, row => row.Entry.ErrorSeverity, NpgsqlDbType.Text),
        Column(entries, row => row.Data is { } data ? Encoding.UTF8.GetString(data.Span) : null, NpgsqlDbType.Text),
        Column(entries, row => row.Retention, NpgsqlDbType.Text),
    ];

    private static NpgsqlParameter<T[]> Column<T>(PreparedEntry[] entries, Func<PreparedEntry, T> value, NpgsqlDbType type)
    {
        var values = new T[entries.Length];
        for (var index = 0; index < values.Length; index++)
        {
            values[index] = value(entries[index]);
        }

        return new NpgsqlParameter<T[]> { TypedValue = values, NpgsqlDbType = NpgsqlDbType.Array | type };
    }
}
