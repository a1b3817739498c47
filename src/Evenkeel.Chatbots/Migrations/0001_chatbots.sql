CREATE TABLE chatbots (
    id uuid PRIMARY KEY,
    organization_id uuid NOT NULL,
    name text NOT NULL,
    slug text NOT NULL,
    description text NOT NULL DEFAULT '',
    welcome_message text NOT NULL DEFAULT '',
    status text NOT NULL DEFAULT 'draft' CHECK (status IN ('draft', 'published')),
    settings jsonb NOT NULL DEFAULT '{}',
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    -- Deleting hides the bot; conversations keep their history.
    deleted_at timestamptz
);

-- Slugs stand in public addresses, which know no tenant; that of a deleted bot is free again.
CREATE UNIQUE INDEX chatbots_by_slug ON chatbots (slug) WHERE deleted_at IS NULL;
CREATE INDEX chatbots_of_organization ON chatbots (organization_id, id) WHERE deleted_at IS NULL;

CALL enable_tenancy('chatbots');
