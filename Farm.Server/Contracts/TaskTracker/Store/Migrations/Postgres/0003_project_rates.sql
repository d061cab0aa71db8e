-- How many tasks of a project may come and go: a token bucket each. Times are in ticks of 100 ns.
CREATE TABLE project_rates (
  job_id    BIGINT NOT NULL REFERENCES projects (job_id) ON DELETE CASCADE,
  is_submit BIGINT NOT NULL,
  rate      DOUBLE PRECISION NOT NULL,
  taken_at  BIGINT NOT NULL,
  empty     BIGINT NOT NULL,  -- from then until the next token
  PRIMARY KEY (job_id, is_submit)
);
