-- An hour of a large fleet is some 200 pages: with ranges of 128 pages three times as many were read.
DROP INDEX telematics_events_at_idx;
CREATE INDEX telematics_events_at_idx ON telematics_events USING brin (at) WITH (pages_per_range = 16);
