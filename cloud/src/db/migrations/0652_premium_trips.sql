-- The trips that a premium rests on, in their order: how many, and SHA-256 of their ids and versions. Null for premiums of before it was kept.
ALTER TABLE premiums ADD COLUMN trips integer, ADD COLUMN trips_hash text;
