-- Events and the places they happen at. One catalogue for each organization; all of its chatbots may answer from it.

CREATE TABLE locations (
    id uuid PRIMARY KEY,
    organization_id uuid NOT NULL,
    name text NOT NULL,
    kind text NOT NULL CHECK (kind IN ('country', 'region', 'city', 'venue')),
    -- What contains it: a city's country, a venue's city.
    parent_id uuid REFERENCES locations (id) ON DELETE SET NULL,
    -- ISO 3166-1 alpha-2.
    country_code text CHECK (country_code ~ '^[A-Z]{2}$'),
    latitude double precision CHECK (latitude BETWEEN -90 AND 90),
    longitude double precision CHECK (longitude BETWEEN -180 AND 180),
    -- IANA, such as Europe/Berlin.
    time_zone text,
    -- Further names in any language.
    aliases text[] NOT NULL DEFAULT '{}',
    -- Name and aliases as they are compared (LocationNames.Folded).
    folded_names text[] NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    CHECK ((latitude IS NULL) = (longitude IS NULL)),
    CHECK (parent_id <> id)
);
CREATE INDEX locations_of_organization ON locations (organization_id, id);
CREATE INDEX locations_by_name ON locations USING gin (folded_names);
CREATE INDEX locations_of_parent ON locations (parent_id) WHERE parent_id IS NOT NULL;
CALL enable_tenancy('locations');

CREATE TABLE catalogue_events (
    id uuid PRIMARY KEY,
    organization_id uuid NOT NULL,
    -- Stable across imports: the same key is the same event. Of one made by hand its id.
    key text NOT NULL,
    title text NOT NULL,
    description text NOT NULL DEFAULT '',
    starts_at timestamptz NOT NULL,
    -- Exclusive; equal to starts_at where no end is known.
    ends_at timestamptz NOT NULL,
    -- Without times of day: then the days are what counts, and the moments are midnights of time_zone.
    all_day boolean NOT NULL,
    -- The days in time_zone, both inclusive: what "in March" is compared with.
    starts_on date NOT NULL,
    ends_on date NOT NULL,
    time_zone text NOT NULL,
    location_id uuid REFERENCES locations (id) ON DELETE SET NULL,
    -- Can be attended from anywhere; may have a place besides.
    is_virtual boolean NOT NULL,
    url text,
    categories text[] NOT NULL DEFAULT '{}',
    -- BCP 47, such as en.
    languages text[] NOT NULL DEFAULT '{}',
    -- SHA-256 of what an import gave: the same again changes nothing.
    content_hash bytea NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    CHECK (ends_at >= starts_at),
    CHECK (ends_on >= starts_on)
);
CREATE UNIQUE INDEX catalogue_events_by_key ON catalogue_events (organization_id, key);
CREATE INDEX catalogue_events_by_day ON catalogue_events (organization_id, starts_on, id);
CREATE INDEX catalogue_events_at_location ON catalogue_events (location_id) WHERE location_id IS NOT NULL;
CALL enable_tenancy('catalogue_events');

-- The outbox of what searches: one row for each event that changed, written by whatever changed it, in its transaction. Readers delete what they have
-- taken; one row for each event however often it changes.
CREATE TABLE catalogue_changes (
    event_id uuid PRIMARY KEY,
    organization_id uuid NOT NULL,
    -- Rises with every change: a reader deletes only the change it has seen.
    number bigint GENERATED ALWAYS AS IDENTITY
);
CREATE INDEX catalogue_changes_in_order ON catalogue_changes (number);
CALL enable_tenancy('catalogue_changes');

CREATE FUNCTION note_event_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO catalogue_changes AS known (event_id, organization_id)
    SELECT DISTINCT id, organization_id FROM changed
    ON CONFLICT (event_id) DO UPDATE SET number = DEFAULT;
    RETURN NULL;
END
$$;
-- For each statement, not for each row: imports change thousands.
CREATE TRIGGER event_inserted AFTER INSERT ON catalogue_events
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION note_event_change();
CREATE TRIGGER event_updated AFTER UPDATE ON catalogue_events
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION note_event_change();
CREATE TRIGGER event_deleted AFTER DELETE ON catalogue_events
    REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION note_event_change();

-- What was imported, when and by whom, with what became of each row that did not go in.
CREATE TABLE catalogue_imports (
    id uuid PRIMARY KEY,
    organization_id uuid NOT NULL,
    user_id uuid NOT NULL,
    file_name text NOT NULL,
    format text NOT NULL CHECK (format IN ('json', 'conferences', 'csv', 'icalendar')),
    report jsonb NOT NULL,
    created_at timestamptz NOT NULL
);
CREATE INDEX catalogue_imports_recent ON catalogue_imports (organization_id, id);
CALL enable_tenancy('catalogue_imports');
