-- Whoever keeps the names of an organization's places in memory sees by this number that they have changed.
CREATE TABLE location_versions (
    organization_id uuid PRIMARY KEY,
    version bigint NOT NULL
);
CALL enable_tenancy('location_versions');

CREATE FUNCTION note_location_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO location_versions AS known (organization_id, version)
    SELECT DISTINCT organization_id, 1 FROM changed
    ON CONFLICT (organization_id) DO UPDATE SET version = known.version + 1;
    RETURN NULL;
END
$$;
CREATE TRIGGER location_inserted AFTER INSERT ON locations
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION note_location_change();
CREATE TRIGGER location_updated AFTER UPDATE ON locations
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION note_location_change();
CREATE TRIGGER location_deleted AFTER DELETE ON locations
    REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION note_location_change();
