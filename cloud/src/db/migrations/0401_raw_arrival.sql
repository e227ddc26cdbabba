-- Chunks are kept by arrival: an old stretch that was asked for is as new here as any other.
ALTER TABLE raw_chunks ADD COLUMN arrival bigint GENERATED ALWAYS AS IDENTITY;
CREATE INDEX raw_chunks_arrival_idx ON raw_chunks (device_id, arrival);
