-- Events as they are searched. All in here is made from the catalogue and can be made again: what is being made beside has another generation.
CREATE TABLE event_index (
    organization_id uuid NOT NULL,
    generation integer NOT NULL,
    event_id uuid NOT NULL,
    -- Made by the application from the same word forms and bigrams as documents: title A, names of places and categories B, description C.
    terms tsvector NOT NULL,
    -- The place and everything that contains it.
    location_ids uuid[] NOT NULL,
    country_code text,
    starts_on date NOT NULL,
    ends_on date NOT NULL,
    categories text[] NOT NULL,
    is_virtual boolean NOT NULL,
    PRIMARY KEY (organization_id, generation, event_id)
);
CREATE INDEX event_index_by_day ON event_index (organization_id, generation, starts_on);
-- Without the list of pending entries: it makes single searches slow, and is read through by each.
CREATE INDEX event_index_terms ON event_index USING gin (terms) WITH (fastupdate = off);
CREATE INDEX event_index_places ON event_index USING gin (location_ids) WITH (fastupdate = off);
CREATE INDEX event_index_categories ON event_index USING gin (categories) WITH (fastupdate = off);
CALL enable_tenancy('event_index');

-- Which generation of each backend is searched, and how far the next one is.
CREATE TABLE event_indexes (
    organization_id uuid NOT NULL,
    backend text NOT NULL CHECK (backend IN ('postgresql', 'elasticsearch')),
    -- 0 = the first; of Elasticsearch none.
    generation integer NOT NULL,
    -- Of the terms: another one in the program makes the index anew.
    format integer NOT NULL,
    -- Being made beside; null when none is.
    building integer,
    -- The last event that was put into it.
    built_to uuid,
    done integer NOT NULL DEFAULT 0,
    total integer NOT NULL DEFAULT 0,
    started_at timestamptz,
    finished_at timestamptz,
    PRIMARY KEY (organization_id, backend)
);
CALL enable_tenancy('event_indexes');

-- What Elasticsearch has not been told yet, where it is used; filled in the transaction that takes a change out of catalogue_changes.
CREATE TABLE elasticsearch_changes (
    event_id uuid PRIMARY KEY,
    organization_id uuid NOT NULL,
    number bigint GENERATED ALWAYS AS IDENTITY
);
CREATE INDEX elasticsearch_changes_of_organization ON elasticsearch_changes (organization_id, number);
CALL enable_tenancy('elasticsearch_changes');

-- Searches look here for changes that are not indexed yet.
CREATE INDEX catalogue_changes_of_organization ON catalogue_changes (organization_id, number);

-- An event is found by the names of its place and of what contains it: a change of those is a change of the event.
CREATE FUNCTION note_change_of_searched_place() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO catalogue_changes AS known (event_id, organization_id)
    WITH RECURSIVE inside AS (
        SELECT changed.id FROM changed JOIN former ON former.id = changed.id
        WHERE (changed.name, changed.parent_id, changed.country_code, changed.aliases)
            IS DISTINCT FROM (former.name, former.parent_id, former.country_code, former.aliases)
        UNION
        SELECT locations.id FROM inside JOIN locations ON locations.parent_id = inside.id
    )
    SELECT catalogue_events.id, catalogue_events.organization_id FROM inside JOIN catalogue_events ON catalogue_events.location_id = inside.id
    ON CONFLICT (event_id) DO UPDATE SET number = DEFAULT;
    RETURN NULL;
END
$$;
CREATE TRIGGER searched_place_changed AFTER UPDATE ON locations
    REFERENCING OLD TABLE AS former NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION note_change_of_searched_place();

-- Results that are paged through and talked about, for an hour.
CREATE TABLE search_handles (
    id uuid PRIMARY KEY,
    organization_id uuid NOT NULL,
    user_id uuid,
    query text,
    understood jsonb NOT NULL,
    event_ids uuid[] NOT NULL,
    scores real[] NOT NULL,
    total integer NOT NULL,
    facets jsonb NOT NULL,
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL
);
CREATE INDEX search_handles_by_expiry ON search_handles (expires_at);
CALL enable_tenancy('search_handles');

-- Under row-level security PostgreSQL uses an index only for comparisons that cannot tell anything of other tenants' rows, and those of words and arrays
-- are not among them: every search would look at every event. So the index is searched by its owner, in a function whose first condition is the tenant.
-- Where the application owns its tables itself, the policies hold inside too, and it is slower.
CREATE FUNCTION find_events(
    every_term tsquery, any_term tsquery, places uuid[], first_day date, last_day date, kinds text[], countries text[], attended_online boolean,
    only_events uuid[], today date, most integer, meaning bit varying, meaning_space text, most_differing double precision)
RETURNS TABLE (
    total integer, is_widened boolean, ids uuid[], upcoming integer, scores real[], vectors bytea[],
    category_counts jsonb, country_counts jsonb, month_counts jsonb, virtual_counts jsonb, waiting integer)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    tenant uuid := current_organization_id();
    live integer := coalesce((SELECT event_indexes.generation FROM event_indexes WHERE event_indexes.organization_id = tenant AND backend = 'postgresql'), 0);
    -- What is over comes last where both are asked for.
    over text := CASE WHEN last_day < today OR first_day >= today THEN 'false' ELSE 'ends_on < $10' END;
    wanted tsquery := every_term;
    filters text := 'organization_id = $1 AND generation = $2';
    -- Vectors of the best, to order them by: as many as RankByMeaning compares.
    nearer CONSTANT text := $part$(
        SELECT array_agg(vector ORDER BY place) FROM unnest(listed.ids[1:300]) WITH ORDINALITY AS one (id, place)
        LEFT JOIN event_vectors ON event_vectors.event_id = one.id AND event_vectors.organization_id = $1 AND space = $13)$part$;
    -- The share of signs in which they differ is the angle between two vectors, nearly, in half-turns.
    nearest CONSTANT text := $part$
        SELECT event_id FROM event_index JOIN event_vectors USING (organization_id, event_id)
        WHERE %s AND space = $13 AND bit_count(signature # $12) <= $14 * length($12)
        ORDER BY bit_count(signature # $12), event_id LIMIT 20$part$;
    words text := CASE WHEN every_term IS NULL THEN '' ELSE ' AND terms @@ $3' END;
BEGIN
    IF tenant IS NULL THEN
        RAISE EXCEPTION 'events are searched for one tenant';
    END IF;

    is_widened := false;
    -- Only what is asked for stands in the statement, so that each has a plan of its own.
    filters := filters
        || CASE WHEN places IS NULL THEN '' ELSE ' AND location_ids && $4' END
        || CASE WHEN first_day IS NULL THEN '' ELSE ' AND ends_on >= $5' END
        || CASE WHEN last_day IS NULL THEN '' ELSE ' AND starts_on <= $6' END
        || CASE WHEN kinds IS NULL THEN '' ELSE ' AND categories && $7' END
        || CASE WHEN countries IS NULL THEN '' ELSE ' AND country_code = ANY ($8)' END
        || CASE WHEN attended_online THEN ' AND is_virtual' WHEN NOT attended_online THEN ' AND (NOT is_virtual OR location_ids <> ''{}'')' ELSE '' END
        || CASE WHEN only_events IS NULL THEN '' ELSE ' AND event_id = ANY ($9)' END;
    LOOP
        EXECUTE format(
            $query$
            WITH hits AS MATERIALIZED (
                SELECT event_id, starts_on, country_code, categories, is_virtual, location_ids <> '{}' AS has_place, %s AS score, %s AS is_over
                FROM event_index WHERE %s
            ), best AS (
                SELECT event_id, score, is_over FROM hits ORDER BY is_over, score DESC, starts_on, event_id LIMIT $11
            ), listed AS (
                SELECT array_agg(event_id) AS ids, count(*) FILTER (WHERE NOT is_over)::integer AS upcoming, array_agg(score) AS scores FROM best
            )
            SELECT (SELECT count(*)::integer FROM hits), coalesce(listed.ids, '{}'), listed.upcoming, coalesce(listed.scores, '{}'), %s,
                (SELECT jsonb_object_agg(value, number) FROM (SELECT value, count(*) AS number FROM hits, unnest(categories) AS value GROUP BY value) AS counted),
                (SELECT jsonb_object_agg(country_code, ARRAY[number::text, coalesce((
                    SELECT name FROM locations WHERE locations.organization_id = $1 AND kind = 'country' AND locations.country_code = counted.country_code LIMIT 1), country_code)])
                 FROM (SELECT country_code, count(*) AS number FROM hits WHERE country_code IS NOT NULL GROUP BY country_code) AS counted),
                (SELECT jsonb_object_agg(to_char(month, 'YYYY-MM'), number) FROM (SELECT date_trunc('month', starts_on::timestamp) AS month, count(*) AS number FROM hits GROUP BY 1) AS counted),
                (SELECT jsonb_build_object('true', count(*) FILTER (WHERE is_virtual), 'false', count(*) FILTER (WHERE NOT is_virtual OR has_place)) FROM hits),
                (SELECT count(*)::integer FROM (SELECT FROM catalogue_changes WHERE organization_id = $1 LIMIT 201) AS pending)
            FROM listed
            $query$,
            CASE WHEN every_term IS NULL THEN '0::real' ELSE 'coalesce(ts_rank(''{0.1, 0.3, 0.6, 1}'', terms, $3), 0)' END, over, filters || words,
            CASE WHEN meaning IS NULL THEN 'NULL::bytea[]' ELSE nearer END)
        INTO total, ids, upcoming, scores, vectors, category_counts, country_counts, month_counts, virtual_counts, waiting
        USING tenant, live, wanted, places, first_day, last_day, kinds, countries, only_events, today, most, meaning, meaning_space, most_differing;
        -- What not every word is in has one of them, or is among those that mean the nearest.
        EXIT WHEN total > 0 OR every_term IS NULL OR is_widened OR (any_term IS NULL AND meaning IS NULL);
        is_widened := true;
        wanted := any_term;
        words := CASE WHEN meaning IS NULL THEN words ELSE format(' AND (terms @@ $3 OR event_id IN (%s))', format(nearest, filters)) END;
    END LOOP;
    RETURN NEXT;
END
$$;

-- Nobody but the application may ask; the tenant is that of its transaction and no argument, so no caller can name another.
REVOKE ALL ON FUNCTION find_events FROM PUBLIC;

DO $$
BEGIN
    IF current_user <> 'evenkeel_app' AND EXISTS (SELECT FROM pg_roles WHERE rolname = 'evenkeel_app') THEN
        EXECUTE format('CREATE POLICY searching ON event_index FOR SELECT TO %I USING (true)', current_user);
        GRANT EXECUTE ON FUNCTION find_events TO evenkeel_app;
    END IF;
END
$$;

-- Titles and descriptions as vectors, where an embedding endpoint is configured; kept while their text stays the same.
CREATE TABLE event_vectors (
    event_id uuid PRIMARY KEY,
    organization_id uuid NOT NULL,
    -- Model, length and prefixes: vectors of different ones cannot be compared.
    space text NOT NULL,
    -- SHA-256 of the text.
    text_hash bytea NOT NULL,
    -- Numbers of 16 bits, and their signs: 1 = above 0.
    vector bytea NOT NULL,
    signature bit varying NOT NULL
);
CALL enable_tenancy('event_vectors');

-- Events whose text may have no vector yet.
CREATE TABLE event_vector_changes (
    event_id uuid PRIMARY KEY,
    organization_id uuid NOT NULL,
    number bigint GENERATED ALWAYS AS IDENTITY
);
CREATE INDEX event_vector_changes_of_organization ON event_vector_changes (organization_id, number);
CALL enable_tenancy('event_vector_changes');
