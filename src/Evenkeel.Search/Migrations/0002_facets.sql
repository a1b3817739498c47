-- As before, and facets are counted only for who shows them. Each search is planned anew, and counting is most of what is to be planned: turns, which show
-- no facets, were waiting for that.
DROP FUNCTION find_events(tsquery, tsquery, uuid[], date, date, text[], text[], boolean, uuid[], date, integer, bit varying, text, double precision);

CREATE FUNCTION find_events(
    every_term tsquery, any_term tsquery, places uuid[], first_day date, last_day date, kinds text[], countries text[], attended_online boolean,
    only_events uuid[], today date, most integer, meaning bit varying, meaning_space text, most_differing double precision, counts_facets boolean)
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
    facets CONSTANT text := $part$
        (SELECT jsonb_object_agg(value, number) FROM (SELECT value, count(*) AS number FROM hits, unnest(categories) AS value GROUP BY value) AS counted),
        (SELECT jsonb_object_agg(country_code, ARRAY[number::text, coalesce((
            SELECT name FROM locations WHERE locations.organization_id = $1 AND kind = 'country' AND locations.country_code = counted.country_code LIMIT 1), country_code)])
         FROM (SELECT country_code, count(*) AS number FROM hits WHERE country_code IS NOT NULL GROUP BY country_code) AS counted),
        (SELECT jsonb_object_agg(to_char(month, 'YYYY-MM'), number) FROM (SELECT date_trunc('month', starts_on::timestamp) AS month, count(*) AS number FROM hits GROUP BY 1) AS counted),
        (SELECT jsonb_build_object('true', count(*) FILTER (WHERE is_virtual), 'false', count(*) FILTER (WHERE NOT is_virtual OR has_place)) FROM hits)$part$;
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
            SELECT (SELECT count(*)::integer FROM hits), coalesce(listed.ids, '{}'), listed.upcoming, coalesce(listed.scores, '{}'), %s, %s,
                (SELECT count(*)::integer FROM (SELECT FROM catalogue_changes WHERE organization_id = $1 LIMIT 201) AS pending)
            FROM listed
            $query$,
            CASE WHEN every_term IS NULL THEN '0::real' ELSE 'coalesce(ts_rank(''{0.1, 0.3, 0.6, 1}'', terms, $3), 0)' END, over, filters || words,
            CASE WHEN meaning IS NULL THEN 'NULL::bytea[]' ELSE nearer END,
            CASE WHEN counts_facets THEN facets ELSE 'NULL::jsonb, NULL::jsonb, NULL::jsonb, NULL::jsonb' END)
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
        GRANT EXECUTE ON FUNCTION find_events TO evenkeel_app;
    END IF;
END
$$;
