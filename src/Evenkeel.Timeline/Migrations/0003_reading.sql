-- Event types that organizations register: texts, the schema of their data, how long they are kept and who sees them.
CREATE TABLE event_types (
    organization_id uuid NOT NULL,
    event_type text NOT NULL,
    emoji text NOT NULL,
    english text NOT NULL,
    chinese text NOT NULL,
    -- As it was given: jsonb would change the order of its members.
    schema_text text NOT NULL,
    retention text NOT NULL CHECK (retention IN ('debug', 'event', 'error')),
    privacy text NOT NULL CHECK (privacy IN ('user_visible', 'operational', 'sensitive')),
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    PRIMARY KEY (organization_id, event_type)
);
CALL enable_tenancy('event_types');

-- Where events are sent to.
CREATE TABLE event_webhooks (
    id uuid PRIMARY KEY,
    organization_id uuid NOT NULL,
    url text NOT NULL,
    -- Empty = all.
    event_types text[] NOT NULL,
    -- What deliveries are signed with; after a change the one before signs, too, for a while.
    secret bytea NOT NULL,
    previous_secret bytea,
    previous_secret_until timestamptz,
    is_enabled boolean NOT NULL,
    disabled_reason text,
    created_at timestamptz NOT NULL,
    last_delivered_at timestamptz,
    -- Failed tries in a row, of whatever session: then it is tried seldom, and one batch at a time.
    failures integer NOT NULL DEFAULT 0,
    failing_since timestamptz,
    next_try_at timestamptz NOT NULL DEFAULT '-infinity'
);
CREATE INDEX event_webhooks_by_organization ON event_webhooks (organization_id, id);
CALL enable_tenancy('event_webhooks');

-- The outbox: of each session what a webhook has not got yet. No foreign key, which would make recording wait for whoever deletes a webhook; rows
-- without one are swept.
CREATE TABLE webhook_queue (
    webhook_id uuid NOT NULL,
    session_id uuid NOT NULL,
    organization_id uuid NOT NULL,
    -- The first and the last that wait; none when the first is greater.
    from_seq bigint NOT NULL,
    to_seq bigint NOT NULL,
    -- The batch that is on its way, the same in every try.
    batch_id uuid,
    batch_to_seq bigint,
    tries integer NOT NULL DEFAULT 0,
    next_try_at timestamptz NOT NULL DEFAULT '-infinity',
    -- Somebody is sending it until then.
    leased_until timestamptz,
    PRIMARY KEY (webhook_id, session_id)
) WITH (fillfactor = 70);
CREATE INDEX webhook_queue_due ON webhook_queue (webhook_id, next_try_at);
CALL enable_tenancy('webhook_queue');

-- The delivery log, a row per batch; kept for some days.
CREATE TABLE webhook_deliveries (
    id uuid PRIMARY KEY,
    webhook_id uuid NOT NULL,
    organization_id uuid NOT NULL,
    session_id uuid NOT NULL,
    from_seq bigint NOT NULL,
    to_seq bigint NOT NULL,
    status text NOT NULL CHECK (status IN ('waiting', 'delivered', 'failed')),
    tries integer NOT NULL,
    http_status integer,
    error text,
    duration_ms double precision,
    created_at timestamptz NOT NULL,
    next_try_at timestamptz,
    delivered_at timestamptz
);
CREATE INDEX webhook_deliveries_by_webhook ON webhook_deliveries (webhook_id, id);
CREATE INDEX webhook_deliveries_by_time ON webhook_deliveries (created_at);
CALL enable_tenancy('webhook_deliveries');

-- Part of the very statement that gives out numbers, whoever writes it: no event can be missed, and nobody has to think of it. Without webhooks it costs one
-- look at an empty table for each such statement. Rows are taken in the order of sessions, whose rows the statement holds already.
CREATE FUNCTION queue_for_webhooks() RETURNS trigger
    LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM event_webhooks WHERE is_enabled) THEN
        RETURN NULL;
    END IF;

    IF TG_OP = 'INSERT' THEN
        INSERT INTO webhook_queue AS q (webhook_id, session_id, organization_id, from_seq, to_seq)
        SELECT w.id, a.session_id, a.organization_id, 1, a.last_seq
        FROM numbered_after a JOIN event_webhooks w ON w.organization_id = a.organization_id AND w.is_enabled
        ORDER BY a.session_id, w.id
        ON CONFLICT (webhook_id, session_id) DO UPDATE SET to_seq = greatest(q.to_seq, excluded.to_seq);
    ELSE
        INSERT INTO webhook_queue AS q (webhook_id, session_id, organization_id, from_seq, to_seq)
        SELECT w.id, a.session_id, a.organization_id, b.last_seq + 1, a.last_seq
        FROM numbered_after a JOIN numbered_before b USING (session_id)
             JOIN event_webhooks w ON w.organization_id = a.organization_id AND w.is_enabled
        WHERE a.last_seq > b.last_seq
        ORDER BY a.session_id, w.id
        ON CONFLICT (webhook_id, session_id) DO UPDATE SET
            from_seq = CASE WHEN q.from_seq > q.to_seq THEN excluded.from_seq ELSE q.from_seq END,
            to_seq = greatest(q.to_seq, excluded.to_seq);
    END IF;
    RETURN NULL;
END
$$;

CREATE TRIGGER queue_first_for_webhooks AFTER INSERT ON timeline_sessions
    REFERENCING NEW TABLE AS numbered_after FOR EACH STATEMENT EXECUTE FUNCTION queue_for_webhooks();
CREATE TRIGGER queue_next_for_webhooks AFTER UPDATE ON timeline_sessions
    REFERENCING OLD TABLE AS numbered_before NEW TABLE AS numbered_after FOR EACH STATEMENT EXECUTE FUNCTION queue_for_webhooks();
