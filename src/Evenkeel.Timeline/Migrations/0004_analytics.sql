-- Numbers over time: minutes are made of chat_events and of gauges, hours of minutes, days of hours.
--
-- One row for a set of labels, and of a distribution one for each bucket of its histogram: rows add up, whatever they are grouped by, and upserts need
-- no look at what is there. A reader gives organization, resolution, metric and time in this order, and reads one range of the key.
CREATE TABLE metric_points (
    organization_id uuid NOT NULL,      -- 00000000-… = of the whole installation
    resolution integer NOT NULL,        -- seconds: 60, 3600 or 86400
    metric text NOT NULL,
    at timestamptz NOT NULL,
    labels jsonb NOT NULL,
    bucket smallint NOT NULL,           -- 0 where it is no distribution
    count bigint NOT NULL,
    sum double precision NOT NULL,
    least double precision NOT NULL,
    greatest double precision NOT NULL,
    last double precision,              -- of gauges
    PRIMARY KEY (organization_id, resolution, metric, at, labels, bucket)
) WITH (fillfactor = 80);
-- For the work across organizations: the current minutes, alerts, and forgetting.
CREATE INDEX metric_points_by_time ON metric_points (resolution, at);
CALL enable_tenancy('metric_points');

-- How far the minutes are made.
CREATE TABLE metric_progress (
    only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
    done_until timestamptz NOT NULL,    -- minutes before it do not change any more
    ran_at timestamptz NOT NULL,
    looked_back_at timestamptz NOT NULL -- when all minutes that may still change were made last
);

-- What each process measures of itself. One process adds gauges up and takes the growth of counters: "counted" is what was taken before.
CREATE TABLE process_readings (
    process_id uuid NOT NULL,
    organization_id uuid NOT NULL,
    metric text NOT NULL,
    label text NOT NULL,
    value double precision NOT NULL,
    counted double precision NOT NULL DEFAULT 0,
    read_at timestamptz NOT NULL,
    PRIMARY KEY (process_id, metric, label, organization_id)
);
CALL enable_tenancy('process_readings');
