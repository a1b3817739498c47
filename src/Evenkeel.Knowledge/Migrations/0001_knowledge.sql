CREATE TABLE knowledge_sources (
    id uuid PRIMARY KEY,
    organization_id uuid NOT NULL,
    chatbot_id uuid NOT NULL REFERENCES chatbots (id) ON DELETE CASCADE,
    name text NOT NULL,
    kind text NOT NULL CHECK (kind IN ('files', 'text', 'guide')),
    created_at timestamptz NOT NULL
);

CREATE INDEX knowledge_sources_of_chatbot ON knowledge_sources (chatbot_id, id);

CREATE TABLE knowledge_documents (
    id uuid PRIMARY KEY,
    organization_id uuid NOT NULL,
    chatbot_id uuid NOT NULL,
    source_id uuid NOT NULL REFERENCES knowledge_sources (id) ON DELETE CASCADE,
    title text NOT NULL,
    file_name text NOT NULL,
    language text NOT NULL,
    status text NOT NULL CHECK (status IN ('ready', 'failed')),
    reason text,
    -- SHA-256 of the text: the same content is not done again.
    content_hash bytea NOT NULL,
    bytes bigint NOT NULL,
    passage_count integer NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    UNIQUE (source_id, file_name)
);

CREATE INDEX knowledge_documents_of_source ON knowledge_documents (source_id, id);

CREATE TABLE knowledge_passages (
    id uuid PRIMARY KEY,
    organization_id uuid NOT NULL,
    chatbot_id uuid NOT NULL,
    document_id uuid NOT NULL REFERENCES knowledge_documents (id) ON DELETE CASCADE,
    ordinal integer NOT NULL,
    heading_path text[] NOT NULL,
    text text NOT NULL,
    language text NOT NULL,
    -- Normalised words, so that an index is built without normalising again: terms[i] stands frequencies[i] times in the text.
    terms text[] NOT NULL,
    frequencies smallint[] NOT NULL,
    -- The same for headings and the document's title, which count more than the text.
    heading_terms text[] NOT NULL,
    title_terms text[] NOT NULL,
    UNIQUE (document_id, ordinal)
);

CREATE INDEX knowledge_passages_of_chatbot ON knowledge_passages (chatbot_id, document_id, ordinal);

-- Grows with every change to what a chatbot knows, in the same transaction: an index of an older version is out of date.
CREATE TABLE knowledge_versions (
    chatbot_id uuid PRIMARY KEY REFERENCES chatbots (id) ON DELETE CASCADE,
    organization_id uuid NOT NULL,
    version bigint NOT NULL
);

CALL enable_tenancy('knowledge_sources');
CALL enable_tenancy('knowledge_documents');
CALL enable_tenancy('knowledge_passages');
CALL enable_tenancy('knowledge_versions');
