-- The keys of the advisory locks that sessions of this database hold, workers' among them (workers.session_lock). pg_locks shows a bigint key as
-- classid (high half) and objid (low half) with objsubid 1.
CREATE FUNCTION held_session_locks() RETURNS SETOF bigint LANGUAGE sql STABLE AS $$
    SELECT (classid::bigint << 32) | objid::bigint FROM pg_locks
    WHERE locktype = 'advisory' AND granted AND objsubid = 1 AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
$$;
