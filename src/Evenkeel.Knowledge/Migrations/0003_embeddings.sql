-- Vectors by what they are of: the same text is embedded once per organization and model, whichever documents hold it.
CREATE TABLE knowledge_vectors (
    organization_id uuid NOT NULL,
    -- Model, length and the words put before a text (IEmbeddings.Space): vectors are comparable within one only.
    model text NOT NULL,
    -- knowledge_passages.text_hash.
    text_hash bytea NOT NULL,
    dimensions integer NOT NULL,
    -- So many 16-bit floating-point numbers, little-endian; together of length 1.
    vector bytea NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (organization_id, model, text_hash)
);

-- In the row, whole: parts elsewhere would be fetched one by one when an index is read.
ALTER TABLE knowledge_vectors ALTER COLUMN vector SET STORAGE MAIN;

-- Whether a vector is still of some passage's text.
CREATE INDEX knowledge_passages_of_text ON knowledge_passages (organization_id, text_hash);

-- Grows whenever a document's passages have got their vectors: an index of vectors that has seen an earlier one is out of date.
ALTER TABLE knowledge_versions ADD COLUMN vectors bigint NOT NULL DEFAULT 0;

CALL enable_tenancy('knowledge_vectors');
