-- Rules of organizations, and what they changed of shipped rules and those of the file (then "definition" holds the whole rule as it is for them).
-- organization_id 00000000-… = of the installation.
CREATE TABLE alert_rules (
    organization_id uuid NOT NULL,
    id uuid NOT NULL,
    definition jsonb NOT NULL,
    is_override boolean NOT NULL,
    updated_at timestamptz NOT NULL,
    deleted_at timestamptz,                 -- it goes when those who were told that it fires have been told that it is over
    PRIMARY KEY (organization_id, id)
);
CALL enable_tenancy('alert_rules');

-- Where every group of every rule stands: only what is not normal, or of which somebody was told.
CREATE TABLE alert_states (
    organization_id uuid NOT NULL,
    rule_id uuid NOT NULL,
    group_name text NOT NULL,
    state jsonb NOT NULL,
    PRIMARY KEY (organization_id, rule_id, group_name)
);
CALL enable_tenancy('alert_states');

-- When rules were judged last: time in which nobody looked counts for nothing.
CREATE TABLE alert_rounds (
    only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
    judged_at timestamptz NOT NULL
);

CREATE TABLE alert_changes (
    id uuid PRIMARY KEY,
    organization_id uuid NOT NULL,
    rule_id uuid NOT NULL,
    rule_name text NOT NULL,
    group_name text NOT NULL,
    from_state text NOT NULL,
    to_state text NOT NULL,
    severity text,
    value double precision,
    at timestamptz NOT NULL,
    silenced text[] NOT NULL DEFAULT '{}'   -- names of receivers that would have been told
);
CREATE INDEX alert_changes_by_organization ON alert_changes (organization_id, id);
CALL enable_tenancy('alert_changes');

CREATE TABLE alert_silences (
    id uuid PRIMARY KEY,
    organization_id uuid NOT NULL,
    rule_id uuid,
    group_name text,
    reason text NOT NULL,
    author text NOT NULL,
    starts_at timestamptz NOT NULL,
    ends_at timestamptz NOT NULL
);
CREATE INDEX alert_silences_by_organization ON alert_silences (organization_id, ends_at);
CALL enable_tenancy('alert_silences');

CREATE TABLE alert_receivers (
    id uuid PRIMARY KEY,
    organization_id uuid NOT NULL,
    name text NOT NULL,
    kind text NOT NULL,
    target text,
    secret text,
    least_severity text NOT NULL,
    language text NOT NULL,
    is_enabled boolean NOT NULL,
    created_at timestamptz NOT NULL,
    UNIQUE (organization_id, name)
);
CALL enable_tenancy('alert_receivers');

-- The outbox: one row a message. A message that has not been tried yet takes in what changes until it is due.
CREATE TABLE alert_notifications (
    id uuid PRIMARY KEY,
    organization_id uuid NOT NULL,
    receiver_id uuid NOT NULL REFERENCES alert_receivers ON DELETE CASCADE,
    entries jsonb NOT NULL,
    change_ids uuid[] NOT NULL,
    status text NOT NULL,                   -- waiting, sent or failed
    tries integer NOT NULL DEFAULT 0,
    due_at timestamptz NOT NULL,
    error text,
    created_at timestamptz NOT NULL,
    ended_at timestamptz
);
CREATE INDEX alert_notifications_due ON alert_notifications (due_at) WHERE status = 'waiting';
CREATE INDEX alert_notifications_by_receiver ON alert_notifications (receiver_id, created_at);
CREATE INDEX alert_notifications_by_change ON alert_notifications USING gin (change_ids);
CALL enable_tenancy('alert_notifications');
