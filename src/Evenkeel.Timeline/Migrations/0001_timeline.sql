-- Every stage of every turn, partitioned by day (UTC) so that forgetting old days costs nothing.

-- One row per session hands out its gap-free numbers. It is updated with every write: room on the page keeps those updates heap-only.
CREATE TABLE timeline_sessions (
    session_id uuid PRIMARY KEY,
    organization_id uuid NOT NULL,
    last_seq bigint NOT NULL
) WITH (fillfactor = 60);
CALL enable_tenancy('timeline_sessions');

CREATE TABLE chat_events (
    id uuid NOT NULL,
    organization_id uuid NOT NULL,
    session_id uuid NOT NULL,
    seq bigint NOT NULL,
    message_id uuid,
    turn_id uuid,
    correlation_id uuid,
    occurred_at timestamptz NOT NULL,
    processing_ms double precision,
    attempt integer NOT NULL,
    event_type text NOT NULL,
    event_status text NOT NULL,
    error_type text,
    error_severity text,
    user_message text NOT NULL,
    event_data jsonb
) PARTITION BY RANGE (occurred_at);
-- The only index: thousands of rows a second are written here, and every read starts from a session.
CREATE INDEX chat_events_by_session ON chat_events (session_id, seq);
CALL enable_tenancy('chat_events');

-- Takes what no day's partition wants, so that recording cannot fail for want of a partition.
CREATE TABLE chat_events_default PARTITION OF chat_events DEFAULT;
-- No policy: through its own name a partition shows nothing. The policy of chat_events holds for everything that goes through it.
ALTER TABLE chat_events_default ENABLE ROW LEVEL SECURITY;
ALTER TABLE chat_events_default FORCE ROW LEVEL SECURITY;

-- Makes missing daily partitions; returns how many. SECURITY DEFINER because the application's role cannot run DDL; it can ask for
-- these tables only.
CREATE FUNCTION ensure_chat_event_partitions(first_day date, days integer) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path FROM CURRENT
    -- Attaching locks the default partition for a moment; waiting behind a long reader would make writers queue behind us.
    SET lock_timeout = '2s'
    AS $$
DECLARE
    day date;
    partition text;
    made integer := 0;
BEGIN
    IF days NOT BETWEEN 1 AND 60 THEN
        RAISE EXCEPTION 'days must be between 1 and 60';
    END IF;

    -- Nodes take turns.
    PERFORM pg_advisory_xact_lock(hashtext('ensure_chat_event_partitions'));
    FOR day IN SELECT first_day + offset_days FROM generate_series(0, days - 1) AS offset_days LOOP
        partition := 'chat_events_' || to_char(day, 'YYYYMMDD');
        CONTINUE WHEN to_regclass(partition) IS NOT NULL;
        BEGIN
            -- Attached rather than made in place: CREATE … PARTITION OF would lock chat_events against reading and writing.
            EXECUTE format('CREATE TABLE %I (LIKE chat_events INCLUDING ALL)', partition);
            EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', partition);
            EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', partition);
            EXECUTE format('ALTER TABLE chat_events ATTACH PARTITION %I FOR VALUES FROM (%L) TO (%L)',
                partition, day::timestamp AT TIME ZONE 'UTC', (day + 1)::timestamp AT TIME ZONE 'UTC');
            made := made + 1;
        EXCEPTION WHEN check_violation THEN
            -- The default partition holds rows of that day already: the day stays there.
            NULL;
        END;
    END LOOP;
    RETURN made;
END
$$;

SELECT ensure_chat_event_partitions((now() AT TIME ZONE 'UTC')::date - 1, 5);
