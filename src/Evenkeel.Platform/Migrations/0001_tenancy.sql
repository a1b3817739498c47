-- Tenancy is held by the database: every tenant table carries organization_id and a policy that compares it
-- with a transaction-local setting. A statement that forgets to set the tenant sees and writes nothing.

CREATE FUNCTION current_organization_id() RETURNS uuid
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN nullif(current_setting('evenkeel.organization_id', true), '')::uuid;

-- Work that belongs to no tenant (the queue, retention, sign-in) says so explicitly.
CREATE FUNCTION in_system_scope() RETURNS boolean
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN coalesce(current_setting('evenkeel.scope', true), '') = 'system';

-- FORCE makes the policy hold for the owner too, where one role both owns the tables and runs the application.
CREATE PROCEDURE enable_tenancy(tenant_table regclass)
    LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', tenant_table);
    EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', tenant_table);
    EXECUTE format(
        'CREATE POLICY tenancy ON %s USING (organization_id = current_organization_id() OR in_system_scope()) '
        'WITH CHECK (organization_id = current_organization_id() OR in_system_scope())', tenant_table);
END
$$;
