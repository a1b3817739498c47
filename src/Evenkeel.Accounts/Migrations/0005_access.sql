-- Keys for programs, and who changed what.

CREATE TABLE api_keys (
    id uuid PRIMARY KEY,
    organization_id uuid NOT NULL REFERENCES organizations (id) ON DELETE CASCADE,
    name text NOT NULL,
    -- Its first characters, to recognize it by.
    prefix text NOT NULL,
    -- SHA-256 of the key, which has 256 random bits: there is nothing to guess, so a fast hash is right.
    hash bytea NOT NULL UNIQUE,
    scopes text[] NOT NULL,
    created_by uuid NOT NULL,
    created_at timestamptz NOT NULL,
    expires_at timestamptz,
    -- Up to a minute late.
    last_used_at timestamptz,
    revoked_at timestamptz
);
CREATE INDEX api_keys_by_organization ON api_keys (organization_id, id);
CALL enable_tenancy('api_keys');

CREATE TABLE audit_entries (
    id uuid PRIMARY KEY,
    organization_id uuid NOT NULL REFERENCES organizations (id) ON DELETE CASCADE,
    created_at timestamptz NOT NULL,
    actor_kind text NOT NULL CHECK (actor_kind IN ('person', 'key', 'system')),
    actor_id uuid,
    action text NOT NULL,
    target text,
    data jsonb
);
CREATE INDEX audit_entries_by_organization ON audit_entries (organization_id, id);
-- Read and written within the tenant, but neither changed nor deleted by anybody: there is no policy for that.
ALTER TABLE audit_entries ENABLE ROW LEVEL SECURITY;
ALTER TABLE audit_entries FORCE ROW LEVEL SECURITY;
CREATE POLICY tenancy ON audit_entries FOR SELECT USING (organization_id = current_organization_id() OR in_system_scope());
CREATE POLICY tenancy_add ON audit_entries FOR INSERT WITH CHECK (organization_id = current_organization_id() OR in_system_scope());
