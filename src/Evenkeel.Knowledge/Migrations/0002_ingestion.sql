-- Documents are read by a queue of their own instead of inside the request that brings them.

ALTER TABLE knowledge_sources DROP CONSTRAINT knowledge_sources_kind_check;
ALTER TABLE knowledge_sources
    ADD CONSTRAINT knowledge_sources_kind_check CHECK (kind IN ('files', 'text', 'guide', 'web')),
    -- What a private source says is never told to visitors of a public chatbot.
    ADD COLUMN visibility text NOT NULL DEFAULT 'public' CHECK (visibility IN ('public', 'private')),
    -- Of a web source: where it begins, how far it goes, how often it is fetched again (WebSourceSettings).
    ADD COLUMN web jsonb,
    ADD COLUMN fetched_at timestamptz,
    ADD COLUMN next_fetch_at timestamptz,
    -- Why the last fetch of the whole source failed; null when it did not.
    ADD COLUMN reason_code text,
    -- Deleted for everybody; what it holds goes from storage soon after.
    ADD COLUMN deleted_at timestamptz;

CREATE INDEX knowledge_sources_to_fetch ON knowledge_sources (next_fetch_at) WHERE next_fetch_at IS NOT NULL AND deleted_at IS NULL;
CREATE INDEX knowledge_sources_deleted ON knowledge_sources (deleted_at) WHERE deleted_at IS NOT NULL;

ALTER TABLE knowledge_documents DROP CONSTRAINT knowledge_documents_status_check;
ALTER TABLE knowledge_documents DROP CONSTRAINT knowledge_documents_source_id_file_name_key;
ALTER TABLE knowledge_documents RENAME COLUMN reason TO reason_code;
ALTER TABLE knowledge_documents ALTER COLUMN content_hash DROP NOT NULL;
ALTER TABLE knowledge_documents
    ADD CONSTRAINT knowledge_documents_status_check CHECK (status IN ('queued', 'processing', 'ready', 'failed', 'cancelled')),
    -- Which passages answer: those of this revision. 0 = none yet. A new content becomes a new revision, and takes over as a whole.
    ADD COLUMN revision integer NOT NULL DEFAULT 1,
    -- Named by a person; otherwise the title is found in the content.
    ADD COLUMN given_title text,
    -- The content read last, and the one that waits to be read.
    ADD COLUMN content_id uuid,
    ADD COLUMN pending_content_id uuid,
    -- Of a page: its address and what its server said of its version.
    ADD COLUMN url text,
    ADD COLUMN etag text,
    ADD COLUMN last_modified text,
    ADD COLUMN fetched_at timestamptz,
    ADD COLUMN pages integer,
    -- While it is processed: what is being done and how far it is.
    ADD COLUMN stage text,
    ADD COLUMN done integer NOT NULL DEFAULT 0,
    ADD COLUMN total integer NOT NULL DEFAULT 0,
    ADD COLUMN attempt integer NOT NULL DEFAULT 0,
    -- Which embedding model its passages have vectors of, and of how many; null = none.
    ADD COLUMN embedding_model text,
    ADD COLUMN embedded_passages integer NOT NULL DEFAULT 0,
    ADD COLUMN deleted_at timestamptz;

CREATE UNIQUE INDEX knowledge_documents_by_name ON knowledge_documents (source_id, file_name) WHERE deleted_at IS NULL;
CREATE INDEX knowledge_documents_of_chatbot ON knowledge_documents (chatbot_id) INCLUDE (id, revision) WHERE deleted_at IS NULL AND revision > 0;
CREATE INDEX knowledge_documents_by_content ON knowledge_documents (content_id) WHERE content_id IS NOT NULL;
CREATE INDEX knowledge_documents_by_pending_content ON knowledge_documents (pending_content_id) WHERE pending_content_id IS NOT NULL;
CREATE INDEX knowledge_documents_deleted ON knowledge_documents (deleted_at) WHERE deleted_at IS NOT NULL;

ALTER TABLE knowledge_passages DROP CONSTRAINT knowledge_passages_document_id_ordinal_key;
ALTER TABLE knowledge_passages
    ADD COLUMN revision integer NOT NULL DEFAULT 1,
    -- Where it stands in the document (PassagePlace): page, slide, sheet and rows, anchor.
    ADD COLUMN place jsonb,
    -- The words of text, headings and title in their order, as an index needs them (Terms/PassageAnalysis); null = of an older version: made anew.
    ADD COLUMN analysis bytea,
    -- SHA-256 of what is embedded: the same text is not embedded twice.
    ADD COLUMN text_hash bytea,
    -- Replaced by analysis.
    ALTER COLUMN terms DROP NOT NULL,
    ALTER COLUMN frequencies DROP NOT NULL,
    ALTER COLUMN heading_terms DROP NOT NULL,
    ALTER COLUMN title_terms DROP NOT NULL;

CREATE UNIQUE INDEX knowledge_passages_of_document ON knowledge_passages (document_id, revision, ordinal);

-- Documents as they came in, in parts: a file is never held whole in memory on its way in. Kept, so that it can be read again.
CREATE TABLE knowledge_contents (
    id uuid PRIMARY KEY,
    organization_id uuid NOT NULL,
    bytes bigint NOT NULL DEFAULT 0,
    -- SHA-256; null while it comes in.
    hash bytea,
    -- As declared by whoever sent it.
    media_type text,
    created_at timestamptz NOT NULL
);

CREATE INDEX knowledge_contents_by_age ON knowledge_contents (created_at);

CREATE TABLE knowledge_content_parts (
    content_id uuid NOT NULL REFERENCES knowledge_contents (id) ON DELETE CASCADE,
    part integer NOT NULL,
    organization_id uuid NOT NULL,
    data bytea NOT NULL,
    PRIMARY KEY (content_id, part)
);

-- Compressing what is compressed already (PDF, DOCX) only costs time.
ALTER TABLE knowledge_content_parts ALTER COLUMN data SET STORAGE EXTERNAL;

-- The queue: what waits or runs. A job that has ended is deleted; its document or source tells how.
CREATE TABLE knowledge_jobs (
    id uuid PRIMARY KEY,
    organization_id uuid NOT NULL,
    chatbot_id uuid NOT NULL,
    source_id uuid NOT NULL REFERENCES knowledge_sources (id) ON DELETE CASCADE,
    -- Null = about the source as a whole (a crawl).
    document_id uuid REFERENCES knowledge_documents (id) ON DELETE CASCADE,
    lane text NOT NULL CHECK (lane IN ('read', 'fetch', 'embed')),
    status text NOT NULL DEFAULT 'queued' CHECK (status IN ('queued', 'running')),
    -- Raised with every claim: fences off whoever had the job before.
    attempt integer NOT NULL DEFAULT 0,
    -- How often whoever had it was lost.
    losses integer NOT NULL DEFAULT 0,
    worker_id uuid,
    lease_until timestamptz,
    run_after timestamptz NOT NULL,
    queued_at timestamptz NOT NULL
);

CREATE INDEX knowledge_jobs_waiting ON knowledge_jobs (lane, organization_id, run_after, id) WHERE status = 'queued';
CREATE INDEX knowledge_jobs_running ON knowledge_jobs (lease_until) WHERE status = 'running';
-- One job of a kind for a document or source: a second request joins the first.
CREATE UNIQUE INDEX knowledge_jobs_of_document ON knowledge_jobs (document_id, lane) WHERE document_id IS NOT NULL;
CREATE UNIQUE INDEX knowledge_jobs_of_source ON knowledge_jobs (source_id, lane) WHERE document_id IS NULL;

CALL enable_tenancy('knowledge_contents');
CALL enable_tenancy('knowledge_content_parts');
CALL enable_tenancy('knowledge_jobs');
