-- The template from which a job was compiled, because the job type may change or be removed before construction is finished.
CREATE TABLE job_sources (
  job_id BIGINT PRIMARY KEY,
  source TEXT COLLATE "C" NOT NULL
);

-- Parameters shared by all commands of a stage, as a JSON object; null for none.
ALTER TABLE stages ADD COLUMN shared_parameters TEXT COLLATE "C";

-- Whether the stage itself requires its tag, so that the tag of the job does not replace it.
ALTER TABLE stages ADD COLUMN has_own_tag BIGINT NOT NULL DEFAULT 0;
