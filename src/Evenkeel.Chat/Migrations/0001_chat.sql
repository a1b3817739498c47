-- Conversations, their messages and the turns that answer them. The turns table is the queue: the row is the truth.
-- No foreign keys between these tables: they are written together in single statements on the hot path, and conversations are
-- deleted softly.

CREATE TABLE conversations (
    id              uuid PRIMARY KEY,
    organization_id uuid NOT NULL,
    user_id         uuid NOT NULL,
    chatbot_id      uuid NOT NULL,
    title           text NOT NULL,
    last_seq        bigint NOT NULL,          -- newest seq given to a message; raised only under this row's lock
    created_at      timestamptz NOT NULL,
    updated_at      timestamptz NOT NULL,     -- last send; not touched by answers, so that their update stays HOT
    deleted_at      timestamptz
) WITH (fillfactor = 70);
CREATE INDEX conversations_recent ON conversations (user_id, updated_at DESC, id DESC) WHERE deleted_at IS NULL;
CALL enable_tenancy('conversations');

CREATE TABLE messages (
    id                uuid PRIMARY KEY,
    organization_id   uuid NOT NULL,
    conversation_id   uuid NOT NULL,
    seq               bigint NOT NULL,
    turn_id           uuid NOT NULL,
    role              text NOT NULL CHECK (role IN ('user', 'assistant')),
    status            text NOT NULL CHECK (status IN ('complete', 'stopped', 'failed')),
    text              text NOT NULL,
    meta              jsonb,
    client_message_id text,
    created_at        timestamptz NOT NULL
);
CREATE UNIQUE INDEX messages_in_order ON messages (conversation_id, seq);
CALL enable_tenancy('messages');

CREATE TABLE turns (
    id                uuid PRIMARY KEY,
    organization_id   uuid NOT NULL,
    conversation_id   uuid NOT NULL,
    chatbot_id        uuid NOT NULL,
    user_id           uuid NOT NULL,
    message_id        uuid NOT NULL,          -- the user's message
    message_seq       bigint NOT NULL,
    position          bigint NOT NULL,        -- order within the conversation: its newest seq when the turn was made
    replaces          uuid,                   -- regenerate: the answer this turn's answer replaces
    client_message_id text,
    correlation_id    uuid NOT NULL,
    language          text NOT NULL,
    status            text NOT NULL CHECK (status IN ('queued', 'running', 'succeeded', 'failed', 'cancelled')),
    attempt           integer NOT NULL DEFAULT 0,  -- raised by every claim; with worker_id it is the fencing token
    losses            integer NOT NULL DEFAULT 0,  -- how often a worker was lost while it ran
    worker_id         uuid,
    lease_until       timestamptz,
    stop_requested    boolean NOT NULL DEFAULT false,
    error_code        text,
    queued_at         timestamptz NOT NULL,
    started_at        timestamptz,
    ended_at          timestamptz
) WITH (fillfactor = 80);

-- The same client_message_id never makes a second turn, whichever thread it names.
CREATE UNIQUE INDEX turns_idempotency ON turns (user_id, client_message_id) WHERE client_message_id IS NOT NULL;
-- One running turn per conversation, whatever the claiming code believes.
CREATE UNIQUE INDEX turns_one_running ON turns (conversation_id) WHERE status = 'running';
-- The queue, by tenant for fairness.
CREATE INDEX turns_waiting ON turns (organization_id, queued_at) WHERE status = 'queued';
-- What is open in a conversation, in the order sent.
CREATE INDEX turns_open ON turns (conversation_id, position, id) WHERE status IN ('queued', 'running');
CALL enable_tenancy('turns');

-- Workers that are alive. session_lock is the key of an advisory lock held by the worker's own database session:
-- when nobody holds it, the worker is gone. Null behind a transaction-mode pooler, where only the lease tells.
CREATE TABLE workers (
    id           uuid PRIMARY KEY,
    session_lock bigint,
    started_at   timestamptz NOT NULL,
    seen_at      timestamptz NOT NULL
);

-- Makes a statement, and the whole batch around it, fail with one of the application's own states:
-- EK001 the turn is no longer the writer's (taken over, stopped or ended), EK002 too many turns wait in the conversation.
CREATE FUNCTION refuse(state text) RETURNS bigint LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'refused: %', state USING ERRCODE = state;
END
$$;
