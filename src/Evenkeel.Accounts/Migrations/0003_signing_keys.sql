-- The key that signs access tokens, the same on every node. Like passwords it is seen in the system's scope only, so that no statement of an
-- organization can read it.
CREATE TABLE signing_keys (
    purpose     text PRIMARY KEY CHECK (purpose = 'access_tokens'),
    private_key text NOT NULL,                       -- PKCS #8, PEM
    created_at  timestamptz NOT NULL DEFAULT now()
);
ALTER TABLE signing_keys ENABLE ROW LEVEL SECURITY;
ALTER TABLE signing_keys FORCE ROW LEVEL SECURITY;
CREATE POLICY system_only ON signing_keys USING (in_system_scope()) WITH CHECK (in_system_scope());
