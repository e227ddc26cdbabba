-- The trips of a policy's term: what its price rests on, and what a simulation reads of every policy.
CREATE INDEX IF NOT EXISTS trips_policy_id_idx ON trips (policy_id, start_at);
