-- A log-in that may not be used; and from when on sessions of it are taken: what was issued before is ended.
ALTER TABLE users ADD COLUMN disabled_at timestamptz, ADD COLUMN sessions_from timestamptz;
-- An admin may drive too, and keeps the driver; who is a driver still has one.
ALTER TABLE users DROP CONSTRAINT users_driver_has_driver;
ALTER TABLE users ADD CONSTRAINT users_driver_has_driver CHECK (role <> 'driver' OR driver_id IS NOT NULL);

-- People are looked for by the beginning of any word of name and address, things by the beginning of their ids.
ALTER TABLE users ADD COLUMN words tsvector GENERATED ALWAYS AS (to_tsvector('simple'::regconfig, name || ' ' || email)) STORED;
CREATE INDEX users_words_idx ON users USING gin (words);
CREATE INDEX users_id_prefix_idx ON users (id text_pattern_ops);
CREATE INDEX drivers_id_prefix_idx ON drivers (id text_pattern_ops);
CREATE INDEX policies_id_prefix_idx ON policies (id text_pattern_ops);
CREATE INDEX policies_plan_idx ON policies (plan_id, ends_on);

-- What a fleet drives a day is added up from the index alone: the statistics of a trip are some kilobytes each.
ALTER TABLE trips
  ADD COLUMN distance_m double precision GENERATED ALWAYS AS ((statistics ->> 'distanceM')::double precision) STORED,
  ADD COLUMN gradable_m double precision GENERATED ALWAYS AS ((statistics ->> 'gradableM')::double precision) STORED;
CREATE INDEX trips_start_at_idx ON trips (start_at) INCLUDE (driver_id, distance_m, gradable_m) WHERE end_at IS NOT NULL;
CREATE INDEX driving_events_start_at_idx ON driving_events (start_at) INCLUDE (kind, band, grade);
