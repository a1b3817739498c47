-- What a turn is restricted to is kept with it: a search handle may be gone when it is run, or run again.
ALTER TABLE turns
    -- Events that may be looked at; NULL = all.
    ADD COLUMN event_ids uuid[],
    -- The person's, an IANA name: what "tomorrow" means.
    ADD COLUMN time_zone text NOT NULL DEFAULT 'Etc/UTC';
