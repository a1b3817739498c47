-- What operators look for: the turns of an organization, newest first (ids are in the order of time), and the turn behind a support code.
CREATE INDEX turns_of_organization ON turns (organization_id, id);
CREATE INDEX turns_by_correlation ON turns (correlation_id);

-- The model that answered, as the event of the turn's end names it; null when none did.
ALTER TABLE turns ADD COLUMN model text;

-- The trace that a send belongs to (W3C trace context), so that its turn goes on with it in whatever process runs it.
ALTER TABLE turns ADD COLUMN traceparent text;

-- Whether a worker answers: it is asked by an id and says the same id.
ALTER TABLE workers ADD COLUMN ping_id uuid, ADD COLUMN pong_id uuid, ADD COLUMN pong_at timestamptz;

-- Something done to many turns: a row that a worker takes, goes through in the order of ids, and may hand on to another in the middle.
CREATE TABLE bulk_jobs (
    id              uuid PRIMARY KEY,
    organization_id uuid NOT NULL,
    user_id         uuid NOT NULL,
    action          text NOT NULL,
    language        text NOT NULL,
    turn_ids        uuid[],                   -- null: those that match
    filter          jsonb,
    last_turn_id    uuid NOT NULL,            -- turns made later are not meant
    position        uuid,                     -- the last turn gone through
    status          text NOT NULL CHECK (status IN ('queued', 'running', 'done', 'failed', 'cancelled')),
    owner           uuid,
    lease_until     timestamptz,
    total           bigint NOT NULL,
    done            bigint NOT NULL DEFAULT 0,
    skipped         bigint NOT NULL DEFAULT 0,
    error_code      text,
    created_at      timestamptz NOT NULL,
    ended_at        timestamptz
);
CREATE INDEX bulk_jobs_open ON bulk_jobs (created_at) WHERE status IN ('queued', 'running');
CREATE INDEX bulk_jobs_of_organization ON bulk_jobs (organization_id, id);
CALL enable_tenancy('bulk_jobs');

-- What an export gives, in parts: each is a whole gzip member, so that put one after the other they are one file.
CREATE TABLE bulk_results (
    job_id          uuid NOT NULL REFERENCES bulk_jobs ON DELETE CASCADE,
    part            integer NOT NULL,
    organization_id uuid NOT NULL,
    content         bytea NOT NULL,
    PRIMARY KEY (job_id, part)
);
CALL enable_tenancy('bulk_results');
