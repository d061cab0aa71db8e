-- What a job was made of, where its job type may change or go: enough to make it again.
CREATE TABLE job_sources (
  job_id INTEGER PRIMARY KEY,
  source TEXT NOT NULL
) STRICT;

-- Parameters that all commands of a stage have beside their own, as a JSON object; null for none.
ALTER TABLE stages ADD COLUMN shared_parameters TEXT;

-- Whether the stage itself asks for its tag; then the tag of the job does not replace it.
ALTER TABLE stages ADD COLUMN has_own_tag INTEGER NOT NULL DEFAULT 0;
