-- Organizations are the tenants; a user may belong to several of them. Sign-in does not know the tenant yet and runs in the
-- system scope. Within a tenant's scope only its own organization, members and sessions exist.

CREATE TABLE organizations (
    id uuid PRIMARY KEY,
    name text NOT NULL,
    created_at timestamptz NOT NULL
);
ALTER TABLE organizations ENABLE ROW LEVEL SECURITY;
ALTER TABLE organizations FORCE ROW LEVEL SECURITY;
CREATE POLICY tenancy ON organizations
    USING (id = current_organization_id() OR in_system_scope())
    WITH CHECK (id = current_organization_id() OR in_system_scope());

CREATE TABLE users (
    id uuid PRIMARY KEY,
    -- Trimmed and lower-case: what is compared. The address is not kept in any other spelling.
    email text NOT NULL UNIQUE,
    display_name text NOT NULL,
    locale text NOT NULL CHECK (locale IN ('en', 'zh')),
    created_at timestamptz NOT NULL
);

CREATE TABLE memberships (
    organization_id uuid NOT NULL REFERENCES organizations (id) ON DELETE CASCADE,
    user_id uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    role text NOT NULL CHECK (role IN ('owner', 'admin', 'member')),
    created_at timestamptz NOT NULL,
    PRIMARY KEY (organization_id, user_id)
);
CREATE INDEX memberships_by_user ON memberships (user_id);
CALL enable_tenancy('memberships');

-- A tenant sees the people who are its members, and cannot change them.
ALTER TABLE users ENABLE ROW LEVEL SECURITY;
ALTER TABLE users FORCE ROW LEVEL SECURITY;
CREATE POLICY members_and_sign_in ON users
    USING (in_system_scope() OR EXISTS (
        SELECT FROM memberships m WHERE m.user_id = users.id AND m.organization_id = current_organization_id()))
    WITH CHECK (in_system_scope());

-- Apart from users, so that no tenant's statement can ever read a hash.
CREATE TABLE passwords (
    user_id uuid PRIMARY KEY REFERENCES users (id) ON DELETE CASCADE,
    hash text NOT NULL,
    changed_at timestamptz NOT NULL
);
ALTER TABLE passwords ENABLE ROW LEVEL SECURITY;
ALTER TABLE passwords FORCE ROW LEVEL SECURITY;
CREATE POLICY sign_in_only ON passwords USING (in_system_scope()) WITH CHECK (in_system_scope());

-- A sign-in: the family of refresh tokens that descend from it.
CREATE TABLE sessions (
    id uuid PRIMARY KEY,
    organization_id uuid NOT NULL,
    user_id uuid NOT NULL,
    created_at timestamptz NOT NULL,
    -- Of its newest refresh token: after this the session is forgotten.
    expires_at timestamptz NOT NULL,
    revoked_at timestamptz,
    revoked_because text CHECK (revoked_because IN ('logout', 'reuse')),
    FOREIGN KEY (organization_id, user_id) REFERENCES memberships (organization_id, user_id) ON DELETE CASCADE
);
CREATE INDEX sessions_by_member ON sessions (organization_id, user_id);
CREATE INDEX sessions_by_expiry ON sessions (expires_at);
CALL enable_tenancy('sessions');

-- Only hashes (SHA-256 of 256 random bits) are kept. A used token stays until its session is forgotten: using it again is the sign of theft.
CREATE TABLE refresh_tokens (
    hash bytea PRIMARY KEY,
    session_id uuid NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
    organization_id uuid NOT NULL,
    issued_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    used_at timestamptz
);
CREATE INDEX refresh_tokens_by_session ON refresh_tokens (session_id);
CALL enable_tenancy('refresh_tokens');

-- Tickets live 60 seconds. Unlogged: losing them in a crash costs a client one more request, and a used one cannot come back.
CREATE UNLOGGED TABLE stream_tickets (
    hash bytea PRIMARY KEY,
    organization_id uuid NOT NULL,
    user_id uuid NOT NULL,
    session_id uuid NOT NULL,
    role text NOT NULL,
    locale text NOT NULL,
    token_expires_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL
);
CREATE INDEX stream_tickets_by_expiry ON stream_tickets (expires_at);
CALL enable_tenancy('stream_tickets');
