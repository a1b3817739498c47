-- The circuit breaker of a conversation, stored with it: the same on every node, and still there after a restart. All changes are made
-- under the conversation's row lock, in the transaction that accepts or ends a turn; times are the database's.
ALTER TABLE conversations
    ADD COLUMN breaker_failures   integer NOT NULL DEFAULT 0, -- failed turns in a row
    ADD COLUMN breaker_openings   integer NOT NULL DEFAULT 0, -- openings in a row; above 0 until a turn succeeds
    ADD COLUMN breaker_open_until timestamptz,                -- null = closed; in the past = half open
    ADD COLUMN breaker_probe      uuid;                       -- the turn let through while half open

-- For operators: conversations that are paused or on probation, mostly none.
CREATE INDEX conversations_paused ON conversations (breaker_open_until) WHERE breaker_open_until IS NOT NULL;

-- <error_code>[;count=N] from X-Debug-Force-Error, for tests of failures.
ALTER TABLE turns ADD COLUMN forced_error text;

-- As refuse(state), with a number for the application: the wait in milliseconds. (A hint, because drivers keep details to themselves.)
CREATE FUNCTION refuse(state text, wait_ms bigint) RETURNS bigint LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'refused: %', state USING ERRCODE = state, HINT = wait_ms;
END
$$;

-- Locks the conversation and asks its breaker: EK004 while it is open, or while the probe of a half-open one is under way. The turn that a
-- half-open breaker lets through becomes its probe. A conversation of somebody else is left to the statement that follows.
CREATE FUNCTION admit_turn(conversation uuid, sender uuid, turn uuid) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    open_until timestamptz;
    probe uuid;
BEGIN
    SELECT breaker_open_until, breaker_probe INTO open_until, probe FROM conversations WHERE id = conversation AND user_id = sender FOR UPDATE;
    IF open_until IS NULL THEN
        RETURN;
    END IF;
    IF open_until > clock_timestamp() THEN
        PERFORM refuse('EK004', (extract(epoch FROM open_until - clock_timestamp()) * 1000)::bigint);
    END IF;
    -- Not by itself: a send whose connection was lost at the commit is tried again under the same ids.
    IF EXISTS (SELECT FROM turns WHERE id = probe AND id <> turn AND status IN ('queued', 'running')) THEN
        PERFORM refuse('EK004', 5000);
    END IF;
    UPDATE conversations SET breaker_probe = turn WHERE id = conversation;
END
$$;
