-- Events by how long they are kept, then by day (UTC): each class forgets its days by dropping them, and the recorder copies straight into a day.

-- What there is becomes the class "event" as it stands. Nothing is rewritten: PostgreSQL looks at each row once, to see that it fits.
ALTER TABLE chat_events ADD COLUMN retention text NOT NULL DEFAULT 'event';
-- Texts are made when events are read; older events keep theirs.
ALTER TABLE chat_events ALTER COLUMN user_message DROP NOT NULL;
ALTER TABLE chat_events RENAME TO chat_events_event;
ALTER INDEX chat_events_by_session RENAME TO chat_events_event_by_session;
DROP POLICY tenancy ON chat_events_event;

DO $$
DECLARE
    leaf text;
BEGIN
    FOR leaf IN SELECT c.relname FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid WHERE i.inhparent = 'chat_events_event'::regclass LOOP
        EXECUTE format('ALTER TABLE %I RENAME TO %I', leaf, replace(leaf, 'chat_events_', 'chat_events_event_'));
    END LOOP;
END
$$;

CREATE TABLE chat_events (LIKE chat_events_event) PARTITION BY LIST (retention);
CREATE INDEX chat_events_by_session ON chat_events (session_id, seq);
-- Rows come in order of time, so a few bytes for every quarter of a megabyte find a minute of all sessions: what analytics and retention ask for.
CREATE INDEX chat_events_by_time ON chat_events USING brin (occurred_at) WITH (pages_per_range = 32, autosummarize = on);
CALL enable_tenancy('chat_events');

ALTER TABLE chat_events ATTACH PARTITION chat_events_event FOR VALUES IN ('event');
CREATE TABLE chat_events_debug PARTITION OF chat_events FOR VALUES IN ('debug') PARTITION BY RANGE (occurred_at);
CREATE TABLE chat_events_debug_default PARTITION OF chat_events_debug DEFAULT;
CREATE TABLE chat_events_error PARTITION OF chat_events FOR VALUES IN ('error') PARTITION BY RANGE (occurred_at);
CREATE TABLE chat_events_error_default PARTITION OF chat_events_error DEFAULT;
-- Rows of pinned and held sessions come here when their day goes. NULL is refused by the column; it is named so that the tenant's policy is asked first.
CREATE TABLE chat_events_kept PARTITION OF chat_events FOR VALUES IN ('kept', NULL);

-- No policy: through their own names the classes show nothing. The policy of chat_events holds for everything that goes through it.
ALTER TABLE chat_events_event ENABLE ROW LEVEL SECURITY;
ALTER TABLE chat_events_event FORCE ROW LEVEL SECURITY;
ALTER TABLE chat_events_debug ENABLE ROW LEVEL SECURITY;
ALTER TABLE chat_events_debug FORCE ROW LEVEL SECURITY;
ALTER TABLE chat_events_error ENABLE ROW LEVEL SECURITY;
ALTER TABLE chat_events_error FORCE ROW LEVEL SECURITY;

-- A leaf may be written and not be read by its own name. PostgreSQL refuses COPY into tables with row-level security, so what keeps tenants apart here are
-- rights: whoever may insert into chat_events may insert into a leaf, and nobody may do anything else, the owner included, where that is who the
-- application logs in as. (TRUNCATE is what lets the owner lock a leaf.)
CREATE FUNCTION close_chat_event_leaf(leaf regclass) RETURNS void
    LANGUAGE plpgsql
    SET search_path FROM CURRENT
    AS $$
DECLARE
    somebody text;
BEGIN
    EXECUTE format('ALTER TABLE %s NO FORCE ROW LEVEL SECURITY', leaf);
    EXECUTE format('ALTER TABLE %s DISABLE ROW LEVEL SECURITY', leaf);
    FOR somebody IN
        SELECT DISTINCT CASE a.grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(a.grantee)) END
        FROM pg_class c, aclexplode(coalesce(c.relacl, acldefault('r', c.relowner))) a WHERE c.oid = leaf
    LOOP
        EXECUTE format('REVOKE ALL ON TABLE %s FROM %s', leaf, somebody);
    END LOOP;

    FOR somebody IN
        SELECT DISTINCT quote_ident(pg_get_userbyid(a.grantee))
        FROM pg_class c, aclexplode(coalesce(c.relacl, acldefault('r', c.relowner))) a
        WHERE c.oid = 'chat_events'::regclass AND a.privilege_type = 'INSERT' AND a.grantee <> 0
    LOOP
        EXECUTE format('GRANT INSERT ON TABLE %s TO %s', leaf, somebody);
    END LOOP;

    EXECUTE format('GRANT INSERT, TRUNCATE ON TABLE %s TO CURRENT_USER', leaf);
END
$$;

SELECT close_chat_event_leaf(relid) FROM pg_partition_tree('chat_events') WHERE isleaf;

-- As before, for one class. One in a transaction: attaching locks the class's default partition until the end, and who reads all classes meanwhile locks
-- them one after the other, in an order of its own.
CREATE FUNCTION ensure_chat_event_partitions(class text, first_day date, days integer) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path FROM CURRENT
    -- Attaching locks the default partition for a moment; waiting behind a long reader would make writers queue behind us.
    SET lock_timeout = '2s'
    AS $$
DECLARE
    day date;
    leaf text;
    made integer := 0;
BEGIN
    IF class NOT IN ('event', 'debug', 'error') OR days NOT BETWEEN 1 AND 60 THEN
        RAISE EXCEPTION 'class must be event, debug or error, days between 1 and 60';
    END IF;

    -- Nodes take turns.
    PERFORM pg_advisory_xact_lock(hashtext('ensure_chat_event_partitions'));
    FOR day IN SELECT first_day + offset_days FROM generate_series(0, days - 1) AS offset_days LOOP
        leaf := format('chat_events_%s_%s', class, to_char(day, 'YYYYMMDD'));
        CONTINUE WHEN to_regclass(leaf) IS NOT NULL;
        BEGIN
            -- Attached rather than made in place: CREATE … PARTITION OF would lock the class against reading and writing.
            EXECUTE format('CREATE TABLE %I (LIKE chat_events INCLUDING ALL)', leaf);
            PERFORM close_chat_event_leaf(leaf::regclass);
            EXECUTE format('ALTER TABLE %I ATTACH PARTITION %I FOR VALUES FROM (%L) TO (%L)',
                'chat_events_' || class, leaf, day::timestamp AT TIME ZONE 'UTC', (day + 1)::timestamp AT TIME ZONE 'UTC');
            made := made + 1;
        EXCEPTION WHEN check_violation THEN
            -- The default partition holds rows of that day already: the day stays there.
            NULL;
        END;
    END LOOP;
    RETURN made;
END
$$;

-- All classes, where nobody reads yet.
CREATE OR REPLACE FUNCTION ensure_chat_event_partitions(first_day date, days integer) RETURNS integer
    LANGUAGE sql SECURITY DEFINER
    SET search_path FROM CURRENT
    SET lock_timeout = '2s'
    AS $$
    SELECT sum(ensure_chat_event_partitions(class, first_day, days))::integer FROM unnest(ARRAY['event', 'debug', 'error']) AS class
$$;

-- Takes a day out of its class; false when there is none. It is dropped by drop_detached_chat_events, in a transaction of its own: unlinking gigabytes takes
-- longer than readers and writers should wait. Refused (EK010) while it holds rows of a session that is to be kept.
-- With expected_rows (those in an archive) it is refused as well (EK011) when there are more or fewer.
CREATE FUNCTION detach_chat_events(class text, day date, expected_rows bigint) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path FROM CURRENT
    -- For the day itself, which only an automatic vacuum may hold: PostgreSQL ends that for whoever has waited for a second.
    SET lock_timeout = '5s'
    AS $$
DECLARE
    leaf text := format('chat_events_%s_%s', class, to_char(day, 'YYYYMMDD'));
    span text := format('e.retention = %L AND e.occurred_at >= %L AND e.occurred_at < %L',
                        class, day::timestamp AT TIME ZONE 'UTC', (day + 1)::timestamp AT TIME ZONE 'UTC');
    found bigint;
BEGIN
    IF class NOT IN ('event', 'debug', 'error') THEN
        RAISE EXCEPTION 'no such class';
    END IF;
    IF NOT in_system_scope() THEN
        -- Without it no pin would be seen.
        RAISE EXCEPTION 'system scope is needed';
    END IF;
    IF to_regclass(leaf) IS NULL THEN
        RETURN false;
    END IF;

    EXECUTE format('LOCK TABLE %I IN SHARE ROW EXCLUSIVE MODE', leaf);
    EXECUTE 'SELECT count(*) FROM timeline_pins p JOIN chat_events e ON e.session_id = p.session_id WHERE ' || span INTO found;
    IF found > 0 THEN
        RAISE EXCEPTION USING ERRCODE = 'EK010', MESSAGE = 'rows of pinned sessions are to be moved first';
    END IF;
    IF expected_rows IS NOT NULL THEN
        EXECUTE 'SELECT count(*) FROM chat_events e WHERE ' || span INTO found;
        IF found <> expected_rows THEN
            RAISE EXCEPTION USING ERRCODE = 'EK011', MESSAGE = 'rows were added meanwhile';
        END IF;
    END IF;

    -- Everybody who comes while we wait for the class waits too: better to give up and come again.
    PERFORM set_config('lock_timeout', '300ms', true);
    EXECUTE format('ALTER TABLE %I DETACH PARTITION %I', 'chat_events_' || class, leaf);
    -- It is a table of its own now: nothing may show what it held, whatever rights are given to all tables meanwhile.
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', leaf);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', leaf);
    EXECUTE format('ALTER TABLE %I RENAME TO %I', leaf, replace(leaf, 'chat_events_', 'detached_events_'));
    RETURN true;
END
$$;

CREATE FUNCTION drop_detached_chat_events() RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path FROM CURRENT
    SET lock_timeout = '2s'
    AS $$
DECLARE
    leaf text;
    dropped integer := 0;
BEGIN
    FOR leaf IN
        SELECT relname FROM pg_class
        WHERE relname ~ '^detached_events_(event|debug|error)_[0-9]{8}$' AND relkind = 'r' AND relnamespace = (SELECT relnamespace FROM pg_class WHERE oid = 'chat_events'::regclass)
    LOOP
        EXECUTE format('DROP TABLE %I', leaf);
        dropped := dropped + 1;
    END LOOP;
    RETURN dropped;
END
$$;

-- When a session's events were: every read looks into these days only. Of sessions from before it is known that they ended before now.
ALTER TABLE timeline_sessions ADD COLUMN first_at timestamptz NOT NULL DEFAULT '-infinity';
ALTER TABLE timeline_sessions ADD COLUMN last_at timestamptz NOT NULL DEFAULT now();
ALTER TABLE timeline_sessions ALTER COLUMN first_at DROP DEFAULT, ALTER COLUMN last_at DROP DEFAULT;

-- Sessions whose events are kept for as long as the row is there.
CREATE TABLE timeline_pins (
    session_id uuid NOT NULL,
    organization_id uuid NOT NULL,
    kind text NOT NULL CHECK (kind IN ('pin', 'legal_hold')),
    reason text NOT NULL,
    author text NOT NULL,
    created_at timestamptz NOT NULL,
    PRIMARY KEY (session_id, kind)
);
CALL enable_tenancy('timeline_pins');

SELECT ensure_chat_event_partitions((now() AT TIME ZONE 'UTC')::date - 1, 5);
