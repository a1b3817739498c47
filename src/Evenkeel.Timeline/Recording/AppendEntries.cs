using Evenkeel.Platform.Data;
using Evenkeel.Platform.Identifiers;
using Npgsql;
using NpgsqlTypes;

namespace Evenkeel.Timeline.Recording;

/// <summary>The statements that write entries. COPY would be faster, but PostgreSQL refuses it on tables with row-level security.</summary>
internal sealed class AppendEntries(IdSource ids)
{
    // What a turn writes: a window, a sort and two joins less than below, of which there is nothing to be gained for one session.
    private const string InsertEntriesOfOne =
        """
        WITH bumped AS (
            INSERT INTO timeline_sessions AS s (session_id, organization_id, last_seq) VALUES ($1, $2, cardinality($3))
            ON CONFLICT (session_id) DO UPDATE SET last_seq = s.last_seq + excluded.last_seq
            RETURNING last_seq
        )
        INSERT INTO chat_events (
            id, organization_id, session_id, seq, message_id, turn_id, correlation_id, occurred_at, processing_ms, attempt,
            event_type, event_status, error_type, error_severity, user_message, event_data)
        SELECT e.id, $2, $1, b.last_seq - cardinality($3) + e.place,
               e.message_id, e.turn_id, e.correlation_id, e.occurred_at, e.processing_ms, e.attempt,
               e.event_type, e.event_status, e.error_type, e.error_severity, e.user_message, e.event_data::jsonb
        FROM bumped b, unnest($3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15) WITH ORDINALITY
            AS e (id, message_id, turn_id, correlation_id, occurred_at, processing_ms, attempt,
                  event_type, event_status, error_type, error_severity, user_message, event_data, place)
        """;

    // "bumped" locks one row per session, ascending, so that concurrent writers wait for each other in one order; the last number it
    // returns minus the session's entries here is where this write's numbers begin.
    private const string InsertEntries =
        """
        WITH entry AS (
            SELECT * FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15) WITH ORDINALITY
                AS e (organization_id, session_id, id, message_id, turn_id, correlation_id, occurred_at, processing_ms, attempt,
                      event_type, event_status, error_type, error_severity, user_message, event_data, place)
        ), counted AS (
            SELECT session_id, organization_id, count(*) AS entries FROM entry GROUP BY session_id, organization_id
        ), bumped AS (
            INSERT INTO timeline_sessions AS s (session_id, organization_id, last_seq)
            SELECT session_id, organization_id, entries FROM counted ORDER BY session_id
            ON CONFLICT (session_id) DO UPDATE SET last_seq = s.last_seq + excluded.last_seq
            RETURNING session_id, last_seq
        )
        INSERT INTO chat_events (
            id, organization_id, session_id, seq, message_id, turn_id, correlation_id, occurred_at, processing_ms, attempt,
            event_type, event_status, error_type, error_severity, user_message, event_data)
        SELECT e.id, e.organization_id, e.session_id,
               b.last_seq - c.entries + row_number() OVER (PARTITION BY e.session_id ORDER BY e.place),
               e.message_id, e.turn_id, e.correlation_id, e.occurred_at, e.processing_ms, e.attempt,
               e.event_type, e.event_status, e.error_type, e.error_severity, e.user_message, e.event_data::jsonb
        FROM entry e JOIN counted c USING (session_id) JOIN bumped b USING (session_id)
        """;

    /// <summary>Adds the statement to a batch. Everything that is recorded comes by here, so it is here that it is judged what may be.</summary>
    public void AddTo(ScopedBatch batch, IReadOnlyList<TimelineEntry> recorded)
    {
        TimelineEntry[] entries = [.. recorded.Select(StorableText.Of)];
        if (Array.TrueForAll(entries, entry => entry.SessionId == entries[0].SessionId))
        {
            batch.Add(InsertEntriesOfOne, [Sql.Value(entries[0].SessionId), Sql.Value(entries[0].OrganizationId), .. Columns(entries)]);
        }
        else
        {
            batch.Add(
                InsertEntries,
                [
                    Column(entries, entry => entry.OrganizationId, NpgsqlDbType.Uuid), Column(entries, entry => entry.SessionId, NpgsqlDbType.Uuid),
                    .. Columns(entries),
                ]);
        }
    }

    private NpgsqlParameter[] Columns(TimelineEntry[] entries) =>
    [
        Column(entries, _ => ids.Next(), NpgsqlDbType.Uuid),
        Column(entries, entry => entry.MessageId, NpgsqlDbType.Uuid),
        Column(entries, entry => entry.TurnId, NpgsqlDbType.Uuid),
        Column(entries, entry => entry.CorrelationId, NpgsqlDbType.Uuid),
        Column(entries, entry => entry.Timestamp.UtcDateTime, NpgsqlDbType.TimestampTz),
        Column(entries, entry => entry.ProcessingTime?.TotalMilliseconds, NpgsqlDbType.Double),
        Column(entries, entry => entry.Attempt, NpgsqlDbType.Integer),
        Column(entries, entry => entry.EventType, NpgsqlDbType.Text),
        Column(entries, entry => entry.EventStatus, NpgsqlDbType.Text),
        Column(entries, entry => entry.ErrorType, NpgsqlDbType.Text),
        Column(entries, entry => entry.ErrorSeverity, NpgsqlDbType.Text),
        Column(entries, entry => entry.UserMessage, NpgsqlDbType.Text),
        Column(entries, entry => entry.DataJson, NpgsqlDbType.Text),
    ];

    private static NpgsqlParameter<T[]> Column<T>(TimelineEntry[] entries, Func<TimelineEntry, T> value, NpgsqlDbType type)
    {
        var values = new T[entries.Length];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = value(entries[i]);
        }

        return new NpgsqlParameter<T[]> { TypedValue = values, NpgsqlDbType = NpgsqlDbType.Array | type };
    }
}
