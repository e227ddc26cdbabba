-- The job that does a run's things all together, where one does: its progress is the run's.
ALTER TABLE bulk_runs ADD COLUMN job_id bigint REFERENCES risk_jobs (id) ON DELETE SET NULL;
CREATE UNIQUE INDEX bulk_runs_job_id_key ON bulk_runs (job_id) WHERE job_id IS NOT NULL;
